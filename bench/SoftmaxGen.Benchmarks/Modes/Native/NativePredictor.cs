using System.Runtime.InteropServices;

namespace SoftmaxGen.Benchmarks.Modes.Native;

/// <summary>Predicts all rows one by one, in C++. A call from here is made for all rows: it costs them nothing.</summary>
internal sealed class NativePredictor
{
    private readonly ModelShape _shape;
    private readonly nint _predictor;
    private readonly LabelsFunction _labels;
    private readonly FreshLabelsFunction _freshLabels;
    private readonly ProbabilitiesFunction _probabilities;

    /// <summary>Initializes a new instance of the <see cref="NativePredictor"/> class.</summary>
    /// <param name="library">The library.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="weights">The weights.</param>
    /// <exception cref="NotSupportedException">The library has no such shape.</exception>
    public NativePredictor(nint library, ModelShape shape, double[] weights)
    {
        _shape = shape;
        _predictor = Function<MakeFunction>(library, "softmax_make")(shape.Classes, shape.Features, weights);
        _labels = Function<LabelsFunction>(library, "softmax_labels");
        _freshLabels = Function<FreshLabelsFunction>(library, "softmax_fresh_labels");
        _probabilities = Function<ProbabilitiesFunction>(library, "softmax_probabilities");
        if (_predictor == 0)
        {
            throw new NotSupportedException($"{shape.Classes} x {shape.Features} is not written in C++.");
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint MakeFunction(int classes, int features, [In] double[] weights);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LabelsFunction(nint predictor, [In] double[] rows, int features, int count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int FreshLabelsFunction(nint predictor, [In] double[] rows, [In] double[] row, int features, int count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ProbabilitiesFunction(nint predictor, [In] double[] rows, int features, [Out] double[] probabilities, int classes, int count);

    /// <summary>Finds the labels of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">Their number.</param>
    /// <returns>The sum of the labels.</returns>
    public int Predict(double[] rows, int count) => _labels(_predictor, rows, _shape.Features, count);

    /// <summary>Finds the labels of rows, each of which is written just before.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="row">The memory that each is written to.</param>
    /// <param name="count">Their number.</param>
    /// <returns>The sum of the labels.</returns>
    public int PredictFresh(double[] rows, double[] row, int count) => _freshLabels(_predictor, rows, row, _shape.Features, count);

    /// <summary>Writes rows as <see cref="PredictFresh"/> does, and predicts nothing.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="row">The memory that each is written to.</param>
    /// <param name="count">Their number.</param>
    /// <returns>0.</returns>
    public int Write(double[] rows, double[] row, int count) => _freshLabels(0, rows, row, _shape.Features, count);

    /// <summary>Finds the probabilities of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="probabilities">Receives them.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>The number of rows that have probabilities.</returns>
    public int PredictProbabilities(double[] rows, double[] probabilities, int count) =>
        _probabilities(_predictor, rows, _shape.Features, probabilities, _shape.Classes, count);

    private static TDelegate Function<TDelegate>(nint library, string name) =>
        Marshal.GetDelegateForFunctionPointer<TDelegate>(NativeLibrary.GetExport(library, name));
}
