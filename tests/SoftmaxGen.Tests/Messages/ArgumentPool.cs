using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SoftmaxGen.Onnx;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Ranks;

namespace SoftmaxGen.Tests.Messages;

/// <summary>Arguments for any parameter of the library: right ones, and wrong ones of every kind that its type has.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TLabel">Its enum.</typeparam>
/// <typeparam name="TRow">Its rows.</typeparam>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Dispose does, by the list of all sets.")]
[SuppressMessage("Performance", "CA1814:Prefer jagged arrays over multidimensional", Justification = "It is what some members take.")]
internal sealed class ArgumentPool<TModel, TLabel, TRow> : IDisposable
    where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
    where TLabel : unmanaged, Enum
{
    private const int Count = 24;
    private readonly string _folder = Directory.CreateTempSubdirectory("softmaxgen-messages-").FullName;
    private readonly Func<double[], int, TRow> _toRow;
    private readonly double[] _rows;
    private readonly int[] _labels;
    private readonly TLabel[] _names;
    private readonly TrainingResult<TModel> _result;

    // The right one first; the first of the others is disposed of.
    private readonly TrainingSet<TModel, double>[] _sets;

    /// <param name="toRow">Makes a row of features and a class index.</param>
    public ArgumentPool(Func<double[], int, TRow> toRow)
    {
        _toRow = toRow;
        ModelShape shape = TModel.Shape;
        var random = new Random(11);
        _rows = [.. Enumerable.Range(0, Count * shape.Features).Select(_ => Math.Round(4 * random.NextDouble(), 2))];
        _labels = [.. Enumerable.Range(0, Count).Select(i => shape.Label((i * 7 / 3) % shape.Classes))];
        _names = [.. _labels.Select(label => (TLabel)Enum.ToObject(typeof(TLabel), label))];
        double[] even = [.. Enumerable.Repeat(1.0 / shape.Classes, Count * shape.Classes)];
        _sets =
        [
            TModel.CreateTrainingSet(_rows, _labels),
            TModel.CreateTrainingSet(_rows, _labels),
            TModel.CreateTrainingSet(_rows.AsSpan(0, shape.Features), _labels.AsSpan(0, 1)),
            TModel.CreateTrainingSet(_rows, [.. _labels.Select(_ => shape.Label(0))]),
            TModel.CreateTrainingSet([.. _rows.Select(x => x + 1)], _labels),
            TModel.CreateTrainingSet([1e300, .. _rows[1..]], _labels),
            new TrainingSet<TModel, double>(new() { Rows = _rows, Targets = even }),
            new TrainingSet<TModel, double>(new() { Rows = _rows, Labels = _labels, Offsets = even }),
        ];
        _sets[1].Dispose();
        _result = SoftmaxTrainer.Train(_sets[0], new TrainingOptions { L2 = 0.1 });
        Model = _result.Model;
    }

    public TModel Model { get; }

    private static int Classes => TModel.Shape.Classes;

    private static int Features => TModel.Shape.Features;

    /// <summary>Gets the type that stands for a parameter of a type or of a method: the model, its numbers, its labels or its rows.</summary>
    public static Type Close(Type parameter) => parameter.Name switch
    {
        "TModel" or "TSelf" => typeof(TModel),
        "T" or "TItem" => typeof(double),
        "TLabel" => typeof(TLabel),
        "TRow" => typeof(TRow),
        _ => throw new NotSupportedException($"Nothing stands for {parameter}."),
    };

    /// <summary>Makes an object of a type of the library.</summary>
    public object? Receiver(Type type) =>
        type == typeof(TModel) ? Model
        : type == typeof(TrainingSet<TModel, double>) ? TModel.CreateTrainingSet(_rows, _labels)
        : type == typeof(TrainingSetBuilder<TModel, double>) ? new TrainingSetBuilder<TModel, double>()
        : type == typeof(TrainingSetBuilder<TModel, double, TLabel, TRow>) ? new TrainingSetBuilder<TModel, double, TLabel, TRow>()
        : type == typeof(OnlineLearner<TModel, double>) ? new OnlineLearner<TModel, double>(Model)
        : type == typeof(RowLearner<TModel, double, TRow, TLabel>) ? new OnlineLearner<TModel, double>(Model).ForRows<TRow, TLabel>(TModel.CopyFeatures)
        : type == typeof(ModelHandle<TModel>) ? new ModelHandle<TModel>(Model)
        : type == typeof(ModelShape) ? TModel.Shape
        : type == typeof(ConfusionMatrix) ? new ConfusionMatrix(TModel.Shape, _labels, _labels)
        : type == typeof(SoftmaxGen.Evaluation) ? Model.Evaluate(_sets[0])
        : type == typeof(Coefficient) ? _result.Inference(_sets[0], CovarianceForm.Sandwich).Coefficients[0]
        : type == typeof(StatisticalInference) ? _result.Inference(_sets[0], CovarianceForm.Sandwich)
        : type == typeof(ThresholdCurve) ? ThresholdCurve.Create([0.1, 0.4, 0.6], [false, true, true])
        : type == typeof(IsotonicCalibration) ? IsotonicCalibration.Create([0.1, 0.4, 0.6], [false, true, true])
        : type == typeof(BinaryMetrics) ? new BinaryMetrics(0.5, 1, 2, 3, 4)
        : type == typeof(CostMatrix) ? Costs(Classes)
        : type == typeof(TrainTestSplit) ? TrainTestSplit.Of<TLabel>(_names)
        : type == typeof(TrainingResult<TModel>) ? _result
        : null;

    /// <summary>Makes an argument that the member takes.</summary>
    public object? Right(ParameterInfo parameter) => Candidates(parameter).First();

    /// <summary>Makes an argument of any kind.</summary>
    public object? Any(ParameterInfo parameter, Random random)
    {
        object?[] all = [.. Candidates(parameter)];
        return all[random.Next(all.Length)];
    }

    /// <summary>Makes arguments, the right one first.</summary>
    public IEnumerable<object?> Candidates(ParameterInfo parameter)
    {
        Type type = PublicCall.ArgumentType(parameter);
        string name = parameter.Name!;
        return type == typeof(double[]) ? Numbers(name)
            : type == typeof(int[]) ? [.. Variants(_labels, TModel.Shape.Label(0), int.MinValue, 99)]
            : type == typeof(TLabel[]) ? [.. Variants(_names, _names[0], (TLabel)Enum.ToObject(typeof(TLabel), 99), (TLabel)Enum.ToObject(typeof(TLabel), 100))]
            : type == typeof((TLabel, double)[]) ? [new (TLabel, double)[1], Array.Empty<(TLabel, double)>(), new (TLabel, double)[99]]
            : type == typeof((int, double)[]) ? [new (int, double)[1], Array.Empty<(int, double)>(), new (int, double)[99]]
            : type == typeof(TRow[]) ? Rows()
            : type == typeof(IEnumerable<TRow>) ? Rows().Append(null)
            : type == typeof(IEnumerable<(TRow, TLabel)>) ? Pairs().Append(null)
            : type == typeof(IAsyncEnumerable<TRow>) ? Rows().Select(rows => (object?)Later((TRow[])rows!)).Append(null)
            : type == typeof(IAsyncEnumerable<(TRow, TLabel)>) ? Pairs().Select(rows => (object?)Later(((TRow, TLabel)[])rows!)).Append(null)
            : type == typeof(string[]) ? [.. Variants(_names.Select(one => one.ToString()).ToArray(), _names[0].ToString(), "nothing", null!)]
            : type == typeof(bool[]) ? [.. Variants([.. _labels.Select(label => label == _labels[0])], true, false, true)]
            : type == typeof(TRow) ? Rows().Where(rows => ((TRow[])rows!).Length > 0).Select(rows => (object?)((TRow[])rows!)[0]).Append(default(TRow))
            : type == typeof(TLabel) ? [_names[0], _names[1], (TLabel)Enum.ToObject(typeof(TLabel), 99)]
            : type == typeof(TLabel?) ? [null, _names[0], (TLabel)Enum.ToObject(typeof(TLabel), 99)]
            : type == typeof(int) ? Integers(name)
            : type == typeof(long) ? [10_000L, 0L, -1L, long.MaxValue]
            : type == typeof(IProcessGroup) ? [new QuietGroup(0, 1), null]
            : type == typeof(int?) ? [null, _labels[0], -99, 99]
            : type == typeof(double) ? [0.5, double.NaN, -1.0, 0.0, 1.0, 2.0, double.PositiveInfinity, 1e308]
            : type == typeof(double?) ? [null, 0.5, double.NaN, -1.0]
            : type == typeof(string) ? Texts(name)
            : type == typeof(Stream) ? Streams()
            : type == typeof(TrainingOptions) ? Options()
            : type == typeof(OnlineOptions) ? OnlineOptions()
            : type == typeof(TrainingSet<TModel, double>) ? [_sets[0], null, .. _sets[1..]]
            : type == typeof(TrainingResult<TModel>) ? [_result, null, SoftmaxTrainer.Train(_sets[0], new TrainingOptions { L2 = 0 })]
            : type.IsAssignableFrom(typeof(TModel)) && type != typeof(object) ? Models()
            : type == typeof(CostMatrix) ? [Costs(Classes), null, Costs(Classes + 1)]
            : type == typeof(ModelShape) ? [TModel.Shape, null]
            : type == typeof(Explanation<TLabel, double>) ? Explanations()
            : type == typeof(ClassWeights) ? [ClassWeights.Balanced, null, ClassWeights.Of(1), ClassWeights.Of(1, 2, 3, 4, 5)]
            : type == typeof(FeatureMoments) ? [_result.FeatureMoments, null, new FeatureMoments([1], [2])]
            : type == typeof(IEnumerable<double>) ? [null, new[] { 1, 0.1 }, Array.Empty<double>(), new[] { -1.0 }, new[] { double.NaN }, new[] { 1.0, 1.0 }]
            : type == typeof(double[,]) ? [new double[2, 3], null, new double[0, 3]]
            : type == typeof(IReadOnlyList<double[]>) ? [new double[][] { [1, 2], [3, 4] }, null, new double[][] { [1], null! }, new double[][] { [1], [2, 3] }]
            : type == typeof(FeatureReader<TRow, double>) ? [new FeatureReader<TRow, double>(TModel.CopyFeatures), null]
            : type == typeof(TrainingProgress) ? [default(TrainingProgress)]
            : type == typeof(CancellationToken) ? [CancellationToken.None]
            : type == typeof(IProgress<TrainingProgress>) ? [null]
            : type == typeof(DateOnly?) ? [null, new DateOnly(2026, 1, 2)]
            : type == typeof(Exception) ? [new InvalidOperationException("inner"), null]
            : type == typeof(CrossValidationResult) ? [null]
            : type.IsEnum ? [.. Enum.GetValues(type).Cast<object>(), Enum.ToObject(type, 99)]
            : throw new NotSupportedException($"There are no arguments of {type}.");
    }

    public void Dispose()
    {
        foreach (TrainingSet<TModel, double> set in _sets)
        {
            set.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static CostMatrix Costs(int classes) =>
        new(classes, [.. Enumerable.Range(0, classes * classes).Select(i => i % (classes + 1) == 0 ? 0.0 : 1 + (i % 3))]);

    private IEnumerable<object?> Explanations() =>
    [
        new Explanation<TLabel, double>(_names[0], _names[1], 0.1, 0.5),
        new Explanation<TLabel, double>(_names[0], (TLabel)Enum.ToObject(typeof(TLabel), 99), double.NaN, double.PositiveInfinity),
    ];

    private static double[] Huge() => [.. Enumerable.Repeat(1e300, TModel.Shape.ParameterCount)];

    private static IEnumerable<object?> Variants<TItem>(TItem[] right, TItem same, TItem wrong, TItem worse) =>
    [
        right, Array.Empty<TItem>(), right[1..], right[..1], right[..^1], Array.ConvertAll(right, _ => same), (TItem[])[wrong, .. right[1..]],
        (TItem[])[.. right[..^1], worse],
    ];

    private static IEnumerable<object?> Integers(string name)
    {
        object right = name switch
        {
            "label" or "actual" or "positiveLabel" => TModel.Shape.Label(0),
            "predicted" or "other" => TModel.Shape.Label(1),
            "folds" => 3,
            "classes" => Classes,
            "index" or "seed" => 0,
            "itemsPerRow" or "k" => 1,
            _ => 2,
        };
        return [right, -1, 0, 99, int.MinValue];
    }

    private static IEnumerable<object?> OnlineOptions() =>
    [
        null, new OnlineOptions(), new OnlineOptions { Method = (OnlineMethod)9 }, new OnlineOptions { PriorRows = -1 }, new OnlineOptions { LearningRate = 0 },
        new OnlineOptions { L2 = double.NaN }, new OnlineOptions { Method = OnlineMethod.AdaGrad },
    ];

    private static IEnumerable<object?> Options() =>
    [
        null,
        new TrainingOptions { L2 = 0.1 },
        new TrainingOptions { L2 = -1 },
        new TrainingOptions { L1 = -1 },
        new TrainingOptions { GroupL1 = double.NaN },
        new TrainingOptions { BiasReduction = true },
        new TrainingOptions { BiasReduction = true, L1 = 1 },
        new TrainingOptions { ClassWeights = ClassWeights.Of(1, 2, 3, 4, 5) },
        new TrainingOptions { MissingClasses = MissingClasses.Allow },
        new TrainingOptions { MissingClasses = (MissingClasses)9 },
        new TrainingOptions { Tolerance = 0 },
        new TrainingOptions { Solver = (Solver)99 },
        new TrainingOptions { L1 = 0.1, Solver = Solver.Adam },
        new TrainingOptions { LabelSmoothing = 1.5 },
        new TrainingOptions { MaxThreads = 0 },
        new TrainingOptions { InitialWeights = new double[3] },
        new TrainingOptions { InitialWeights = Enumerable.Repeat(double.NaN, TModel.Shape.ParameterCount).ToArray() },
    ];

    private static IEnumerable<object?> Streams()
    {
        var closed = new MemoryStream();
        closed.Dispose();
        return [new MemoryStream(), null, new MemoryStream([1, 2, 3]), new MemoryStream(new byte[10], writable: false), closed];
    }

    // Spans of numbers have the length that their name asks for.
    private IEnumerable<object?> Numbers(string name)
    {
        double[] right = name switch
        {
            "rows" => _rows,
            "features" or "reference" or "means" or "deviations" => _rows[..Features],
            "weights" => [.. Model.Weights],
            "direction" => [.. Model.Weights],
            "gradient" or "product" => new double[Model.Weights.Length],
            "hessian" => new double[Model.Weights.Length * Model.Weights.Length],
            "contributions" => new double[Features],
            "costs" => [.. Enumerable.Range(0, Classes * Classes).Select(i => i % (Classes + 1) == 0 ? 0.0 : 1)],
            "probabilities" or "scores" or "classWeights" or "trainingPriors" or "newPriors" => [.. Enumerable.Repeat(1.0 / Classes, Classes)],
            _ => [.. Enumerable.Repeat(1.0, Count)],
        };
        return
        [
            right, Array.Empty<double>(), right[1..], right[..1], (double[])[double.NaN, .. right[1..]], (double[])[.. right[..^1], double.PositiveInfinity],
            (double[])[-1, .. right[1..]], (double[])[1e308, .. right[1..]], new double[right.Length], _rows, new double[Count],
        ];
    }

    private IEnumerable<object?> Models() => [Model, null, TModel.FromWeights(Huge()), TModel.FromWeights(new double[Huge().Length])];

    private IEnumerable<object?> Rows()
    {
        TRow[] right = [.. _rows.Chunk(Features).Select((x, i) => _toRow(x, TModel.Shape.IndexOf(_labels[i])))];
        return
        [
            right, Array.Empty<TRow>(), right[..1], right[1..], (TRow[])[_toRow([double.NaN, .. _rows[1..Features]], 0), .. right[1..]],
            (TRow[])[_toRow([1e300, .. _rows[1..Features]], 0), .. right[1..]], (TRow[])[_toRow(_rows[..Features], 99), .. right[1..]],
            _rows.Chunk(Features).Select(x => _toRow(x, 0)).ToArray(), (TRow[])[default!, .. right[1..]],
        ];
    }

    private IEnumerable<object?> Pairs() =>
        [.. Rows().Select(rows => ((TRow[])rows!).Zip(_names).ToArray()), Array.ConvertAll(_names, static _ => default((TRow, TLabel)))];

    private static async IAsyncEnumerable<TItem> Later<TItem>(TItem[] items)
    {
        await Task.Yield();
        foreach (TItem item in items)
        {
            yield return item;
        }
    }

    private IEnumerable<object?> Texts(string name) => name is "path"
        ? [Path.Combine(_folder, "file"), null, "", "\0", Path.Combine(_folder, "missing", "file"), _folder]
        : ["name", null, "", "1 no name", "class"];
}
