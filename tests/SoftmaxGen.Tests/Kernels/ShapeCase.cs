using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// A generated model under test without its types: everything goes in and comes out in double. Theories go over the names of the models'
/// classes.
/// </summary>
internal abstract class ShapeCase
{
    // Where no vector is accelerated, every vector operation is a call and a kernel takes some hundred times as long. It is the code for
    // 128 bits, which runs elsewhere for all shapes: here, a few of each form of that code will do.
    private static readonly HashSet<string> Few =
    [
        nameof(Double2x1), nameof(Double2x30), nameof(Double3x4), nameof(Double3x13), nameof(Double4x8FromMinus5), nameof(Double7x17),
        nameof(Double10x16), nameof(Double26x9), nameof(Single2x1), nameof(Single4x8), nameof(Single10x16),
    ];

    // One or more of each form of kernel and of prediction, in both precisions: few and many classes, an odd and an even number, features that fill vectors and
    // those that do not, labels that do not begin at 0, missing values, and scratch that is rented.
    private static readonly HashSet<string> Quick =
    [
        .. Few, nameof(Double2x2), nameof(Double2x9Propagating), nameof(Double2x17), nameof(Double2x64), nameof(Double5x2), nameof(Double10x1),
        nameof(Double10x65), nameof(Double11x60), nameof(Double28x10Propagating), nameof(Double70x16), nameof(Single2x3), nameof(Single2x37),
        nameof(Single3x41), nameof(Single26x16),
    ];

    private static readonly Dictionary<string, ShapeCase> ByName = Find();

    protected ShapeCase(ModelShape shape) => Shape = shape;

    /// <summary>Gets the names of all models, or of a few where nothing is accelerated.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys.Where(IsRun)];

    /// <summary>Gets the names of those among them that work in double.</summary>
    public static TheoryData<string> DoubleNames => [.. ByName.Keys.Where(IsRun).Where(name => !ByName[name].IsSingle)];

    /// <summary>Gets the names of those whose exact Hessian is generated.</summary>
    public static TheoryData<string> HessianNames => [.. ByName.Keys.Where(IsRun).Where(name => ByName[name].Shape.HasHessian)];

    /// <summary>Gets the model's constants.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets a value indicating whether the model works in float.</summary>
    public bool IsSingle => Shape.Precision == SoftmaxPrecision.Single;

    /// <summary>Finds a model by the name of its class.</summary>
    public static ShapeCase Of(string name) => ByName[name];

    /// <summary>Tells whether the quick half tries a model; see <see cref="ShapeTheoryAttribute"/>.</summary>
    public static bool IsQuick(string name) => Quick.Contains(name);

    /// <summary>Computes the mean loss and gradient of row-major rows.</summary>
    public abstract MeanLoss RowMajor(double[] weights, double[] rows, int[] labels);

    /// <summary>Makes a training set.</summary>
    public abstract IPackedSet Pack(double[] rows, int[] labels, double[]? rowWeights = null);

    /// <summary>Makes a model from its weights.</summary>
    public abstract IPredictor FromWeights(double[] weights);

    private static bool IsRun(string name) => Vector128.IsHardwareAccelerated || Few.Contains(name);

    private static Dictionary<string, ShapeCase> Find() =>
        typeof(Double3x4).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Double3x4).Namespace && type.IsDefined(typeof(SoftmaxModelAttribute)))
            .ToDictionary(type => type.Name, Create);

    private static ShapeCase Create(Type model)
    {
        Type scalar = model.GetCustomAttribute<SoftmaxModelAttribute>()!.Precision == SoftmaxPrecision.Single ? typeof(float) : typeof(double);
        MethodInfo of = typeof(ShapeCase).GetMethod(nameof(OfTypes), BindingFlags.Static | BindingFlags.NonPublic)!;
        return (ShapeCase)of.MakeGenericMethod(model, scalar).Invoke(null, null)!;
    }

    private static TypedShapeCase<TModel, T> OfTypes<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new();
}

/// <summary>A training set without its types.</summary>
internal interface IPackedSet : IDisposable
{
    /// <summary>Computes the mean loss and gradient.</summary>
    MeanLoss LossAndGradient(double[] weights, int maxThreads = 1);

    /// <summary>Computes the product of the Hessian with a direction.</summary>
    double[] HessianProduct(double[] weights, double[] direction, int maxThreads = 1);

    /// <summary>Computes the lower triangle of the Hessian.</summary>
    double[] Hessian(double[] weights, int maxThreads = 1);
}

/// <summary>A model without its types.</summary>
internal interface IPredictor
{
    int Predict(double[] features);

    double[] Scores(double[] features);

    double[] Probabilities(double[] features);

    int[] PredictBatch(double[] rows);

    double[] ProbabilitiesBatch(double[] rows);
}
