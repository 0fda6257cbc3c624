namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The stage that adds row-major rows without packing them, in one of its forms.</summary>
internal interface IUnpackedStage
{
    /// <summary>Prints what the library calls, and what that needs.</summary>
    void Emit();
}
