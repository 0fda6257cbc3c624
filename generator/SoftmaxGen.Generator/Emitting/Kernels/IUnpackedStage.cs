namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The stage that adds row-major rows without packing them, in one of its forms.</summary>
internal interface IUnpackedStage
{
    /// <summary>The method that prepares weights, where those of the other stages do not serve.</summary>
    string? Preparation { get; }

    /// <summary>The locals that <see cref="Call"/> takes besides, each on a line of its own.</summary>
    string Locals { get; }

    /// <summary>The call of the stage.</summary>
    string Call { get; }

    /// <summary>Prints <see cref="Preparation"/>.</summary>
    void EmitPreparation();

    /// <summary>Prints what adds the sums of a tile to those of all, where the stage does not.</summary>
    void EmitAddSums();

    /// <summary>Prints the stage.</summary>
    void EmitStage();
}
