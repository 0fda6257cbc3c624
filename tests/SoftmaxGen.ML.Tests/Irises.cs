using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace SoftmaxGen.ML.Tests;

/// <summary>The order is not the one that ML.NET meets the species in.</summary>
public enum Species
{
    Virginica,
    Setosa,
    Versicolor,
}

/// <summary>The order of the members is not that of the file.</summary>
public readonly record struct Flower(double PetalWidth, double SepalLength, double PetalLength, double SepalWidth, [Label] Species Species);

[SoftmaxModel<Species, Flower>]
public sealed partial class FlowerModel;

[SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1)]
public sealed partial class IrisModel;

/// <summary>A row of the file as ML.NET's examples write it.</summary>
public sealed class IrisRow
{
    public float SepalLength { get; set; }

    public float SepalWidth { get; set; }

    public float PetalLength { get; set; }

    public float PetalWidth { get; set; }

    public string Species { get; set; } = "";

    public static IReadOnlyList<IrisRow> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "iris.csv")).Skip(1).Select(static line => line.Split(',')).Select(static x => new IrisRow
        {
            SepalLength = Number(x[0]),
            SepalWidth = Number(x[1]),
            PetalLength = Number(x[2]),
            PetalWidth = Number(x[3]),
            Species = Enum.Parse<Species>(x[4], ignoreCase: true).ToString(),
        }),
    ];

    /// <summary>Makes a view with features and keys.</summary>
    public static IDataView View(MLContext ml)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(All);
        return ml.Transforms.Concatenate("Features", nameof(SepalLength), nameof(SepalWidth), nameof(PetalLength), nameof(PetalWidth))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(Species)))
            .Fit(rows).Transform(rows);
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What a pipeline answers.</summary>
public sealed class Answer
{
    public string PredictedLabel { get; set; } = "";

    [VectorType(3)]
#pragma warning disable CA1819 // As ML.NET's examples write it.
    public float[] Score { get; set; } = [];
#pragma warning restore CA1819
}

/// <summary>The step of a pipeline.</summary>
[CustomMappingFactoryAttribute("SoftmaxGen.ML.Tests.Flower")]
public sealed class FlowerMapping : SoftmaxMapping<FlowerModel, double>
{
    protected override FlowerModel CreateModel() => FlowerModel.FromWeights([-5, 2, 0.1, 1, -0.2, 3, -2, 0.5, -1, 1, 2, -0.3, 0.2, 0.4, -0.5]);
}

/// <summary>A step that nobody could find again.</summary>
public sealed class NamelessMapping : SoftmaxMapping<FlowerModel, double>
{
    protected override FlowerModel CreateModel() => throw new InvalidOperationException();
}
