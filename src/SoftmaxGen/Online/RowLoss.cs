using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Online;

/// <summary>The softmax of one row: what it costs, and how it pulls at the scores.</summary>
internal sealed class RowLoss(int classes)
{
    private const int Lanes = 4;

    // Whole vectors. What fills the last of the scores is never the largest.
    private readonly double[] _scores = Vectors(classes);
    private readonly double[] _probabilities = Vectors(classes);
    private readonly double[] _residuals = Vectors(classes, 2 * Lanes);
    private readonly double[] _noBiases = Vectors(classes);

    /// <summary>Gets the probabilities <c>P(Y=j|x)</c> of the row evaluated last.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities.AsSpan(0, classes);

    /// <summary>Gets the residuals <c>P(Y=j|x) - [j == y]</c>, the derivatives of the loss by the scores.</summary>
    public ReadOnlySpan<double> Residuals => _residuals.AsSpan(0, classes);

    /// <summary>Gets the residuals, filled up to vectors of 512 bits with zeros.</summary>
    public ReadOnlySpan<double> WholeResiduals => _residuals;

    /// <summary>Gets the loss of the row evaluated last.</summary>
    public double Value { get; private set; }

    /// <summary>Computes the scores of a row.</summary>
    public void Score(ReadOnlySpan<double> weights, ReadOnlySpan<double> row) => Score(weights, row, _noBiases);

    /// <summary>Computes the scores of a row.</summary>
    /// <param name="weights">The weights of the features, a row for each class.</param>
    /// <param name="row">The features.</param>
    /// <param name="biases">The biases, a whole vector of them at the end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Score(ReadOnlySpan<double> weights, ReadOnlySpan<double> row, ReadOnlySpan<double> biases)
    {
        // Four classes at a time, a vector of scores: the last class more than once where there are not as many.
        int columns = row.Length;
        for (int j = 0; j < classes; j += Lanes)
        {
            Vector256<double> products = Products(
                Row(weights, j, columns), Row(weights, j + 1, columns), Row(weights, j + 2, columns), Row(weights, j + 3, columns), row);
            Vector256<double> scores = products + Vector256.Create(biases[j..]);
            Vector256.ConditionalSelect(IsClass(j), scores, Vector256.Create(double.MinValue)).CopyTo(_scores.AsSpan(j));
        }
    }

    /// <summary>Takes scores between those of two others.</summary>
    public void Score(RowLoss from, RowLoss to, double share)
    {
        VectorAlgebra.Subtract(to._scores, from._scores, _scores);
        VectorAlgebra.AddScaled(share, _scores, from._scores, _scores);
    }

    /// <summary>Evaluates the scores.</summary>
    /// <returns>The loss, as <c>logsumexp(S) - S_y</c>; not finite when a feature is not or a score overflows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(int y)
    {
        ReadOnlySpan<Vector256<double>> scores = MemoryMarshal.Cast<double, Vector256<double>>(_scores);
        Span<Vector256<double>> probabilities = MemoryMarshal.Cast<double, Vector256<double>>(_probabilities.AsSpan())[..scores.Length];
        Span<Vector256<double>> residuals = MemoryMarshal.Cast<double, Vector256<double>>(_residuals.AsSpan())[..scores.Length];
        Vector256<double> largestOfLanes = scores[0];
        Vector256<double> poison = Vector256<double>.Zero;
        foreach (Vector256<double> s in scores)
        {
            largestOfLanes = Vector256.MaxNative(largestOfLanes, s);
            poison += s * Vector256<double>.Zero;
        }

        // A NaN or an infinity among the scores makes 0 times it a NaN.
        double largest = LaneReduction.Largest(largestOfLanes) + LaneReduction.Total(poison);
        Vector256<double> own = Vector256<double>.Zero;
        Vector256<double> others = Vector256<double>.Zero;
        for (int v = 0; v < scores.Length; v++)
        {
            Vector256<double> e = FlushedExp.ExpOrZero(scores[v] - Vector256.Create(largest));
            Vector256<double> ofOwn = e & IsClass(y, v);
            own += ofOwn;
            others += e - ofOwn;
            probabilities[v] = e;
        }

        // Not P(y) - 1, which has no digits left where P(y) is near 1.
        double sumOfOthers = LaneReduction.Total(others);
        double sum = sumOfOthers + LaneReduction.Total(own);
        var inverse = Vector256.Create(1 / sum);
        for (int v = 0; v < scores.Length; v++)
        {
            Vector256<double> e = probabilities[v];
            residuals[v] = Vector256.ConditionalSelect(IsClass(y, v), Vector256.Create(-sumOfOthers), e) * inverse;
            probabilities[v] = e * inverse;
        }

        Value = Math.Log(sum) + (largest - _scores[y]);
        return Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> IsClass(int y, int vector) => Vector256.Equals(Classes(vector * Lanes), Vector256.Create((long)y)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Classes(int first) => Vector256.Create(0L, 1, 2, 3) + Vector256.Create((long)first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Products(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ReadOnlySpan<double> row)
    {
        ReadOnlySpan<Vector256<double>> xs = MemoryMarshal.Cast<double, Vector256<double>>(row);
        ReadOnlySpan<Vector256<double>> vectorsOfA = MemoryMarshal.Cast<double, Vector256<double>>(a)[..xs.Length];
        ReadOnlySpan<Vector256<double>> vectorsOfB = MemoryMarshal.Cast<double, Vector256<double>>(b)[..xs.Length];
        ReadOnlySpan<Vector256<double>> vectorsOfC = MemoryMarshal.Cast<double, Vector256<double>>(c)[..xs.Length];
        ReadOnlySpan<Vector256<double>> vectorsOfD = MemoryMarshal.Cast<double, Vector256<double>>(d)[..xs.Length];
        Vector256<double> sumOfA = Vector256<double>.Zero;
        Vector256<double> sumOfB = Vector256<double>.Zero;
        Vector256<double> sumOfC = Vector256<double>.Zero;
        Vector256<double> sumOfD = Vector256<double>.Zero;
        for (int v = 0; v < xs.Length; v++)
        {
            Vector256<double> x = xs[v];
            sumOfA = MultiplyAdd.Fma(vectorsOfA[v], x, sumOfA);
            sumOfB = MultiplyAdd.Fma(vectorsOfB[v], x, sumOfB);
            sumOfC = MultiplyAdd.Fma(vectorsOfC[v], x, sumOfC);
            sumOfD = MultiplyAdd.Fma(vectorsOfD[v], x, sumOfD);
        }

        Vector256<double> sums = Avx.IsSupported
            ? RowLanes.SumChains(sumOfA, sumOfB, sumOfC, sumOfD)
            : Vector256.Create(LaneReduction.Total(sumOfA), LaneReduction.Total(sumOfB), LaneReduction.Total(sumOfC), LaneReduction.Total(sumOfD));
        for (int k = xs.Length * Lanes; k < row.Length; k++)
        {
            sums = MultiplyAdd.Fma(Vector256.Create(a[k], b[k], c[k], d[k]), Vector256.Create(row[k]), sums);
        }

        return sums;
    }

    private static double[] Vectors(int length, int lanes = Lanes) => new double[(length + lanes - 1) / lanes * lanes];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<double> Row(ReadOnlySpan<double> weights, int j, int columns) => weights.Slice(Math.Min(j, classes - 1) * columns, columns);

    // Whether a lane of the scores from one on is a class, or fills up the vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> IsClass(int first) => Vector256.LessThan(Classes(first), Vector256.Create((long)classes)).AsDouble();
}
