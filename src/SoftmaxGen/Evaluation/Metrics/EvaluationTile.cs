using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Adds rows to the sums of an evaluation by their probabilities, some rows at a time and in steps that take no branch for a row. Lanes of vectors are
/// rows. Not generic, so that it is compiled once for all models.
/// </summary>
internal sealed class EvaluationTile
{
    private const int MostRows = 256;

    // Those of a tile stay below the size from which arrays are collected late.
    private const int MostProbabilities = 10 * 1024;

    // Rows of a block as they are packed, and of a vector.
    private const int BlockRows = 8;
    private const int Lanes = 4;

    // Probabilities that differ by a smaller share may have scores in either order: it is some hundred times their error.
    private const double Rounding = 1e-13;

    // Smaller probabilities lose digits, and are 0 in the end.
    private const double LeastLikelihood = 1e-290;

    // A whole number that it is added to stands in the low bits of the sum.
    private const double Shifter = 4503599627370496.0;
    private const double Ln2 = 0.69314718055994530942;

    // What is known of the rows, a column each: P(y|x), the class, the weight, the probability of the predicted class, and where the row counts.
    private const int ClassIndices = MostRows;
    private const int WeightColumn = 2 * MostRows;
    private const int Confidences = 3 * MostRows;
    private const int Cells = 4 * MostRows;
    private const int Ranks = 5 * MostRows;
    private const int Columns = 6;

    private readonly EvaluationSums _sums;
    private readonly int _classes;
    private readonly AlignedNumbers _probabilities;
    private readonly AlignedNumbers _packed;
    private readonly AlignedNumbers _columns = new(Columns * MostRows);

    public EvaluationTile(EvaluationSums sums)
    {
        _sums = sums;
        _classes = sums.Shape.Classes;
        Capacity = Math.Clamp(MostProbabilities / _classes / BlockRows * BlockRows, BlockRows, MostRows);
        _probabilities = new AlignedNumbers(Capacity * _classes);
        _packed = new AlignedNumbers(Capacity * _classes);
        Weights.Fill(1);
    }

    /// <summary>Gets the most rows at a time.</summary>
    public int Capacity { get; }

    /// <summary>Gets the place for the probabilities of rows, row-major. <see cref="Add"/> changes them.</summary>
    public Span<double> Probabilities => _probabilities.Span;

    /// <summary>Gets the place for the weights of the rows, which are 1 at first.</summary>
    public Span<double> Weights => _columns.Span.Slice(WeightColumn, MostRows);

    /// <summary>Adds the rows whose probabilities and weights are in place.</summary>
    /// <param name="classIndices">Their classes.</param>
    /// <param name="left">
    /// Receives the rows that were not added: those of which only scores tell what they say, among them those whose probabilities are NaN.
    /// </param>
    public int Add(ReadOnlySpan<int> classIndices, Span<int> left)
    {
        TakeLikelihoods(classIndices);
        RowPacker.PackRows<double>(Probabilities[..(classIndices.Length * _classes)], _classes, _packed.Span);
        double squaredErrors = Compare(classIndices.Length);
        double loss = _sums.CellWeights is null ? Loss(classIndices.Length) : WeightedLoss(classIndices.Length);
        _sums.AddErrors(loss, squaredErrors);
        return Count(classIndices.Length, left);
    }

    // P(y|x) leaves the probabilities of each row: the rest are the errors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void TakeLikelihoods(ReadOnlySpan<int> classIndices)
    {
        int classes = _classes;
        Span<double> probabilities = _probabilities.Span;
        Span<double> likelihoods = _columns.Span[..MostRows];
        RowPacker.PackLabels<double>(classIndices, firstLabel: 0, _columns.Span[ClassIndices..]);
        for (int row = 0; row < classIndices.Length; row++)
        {
            ref double own = ref probabilities[(row * classes) + classIndices[row]];
            likelihoods[row] = own;
            own = 0;
        }

        likelihoods[classIndices.Length..].Clear();
    }

    // Compares P(y|x) with the other probabilities; returns the squared errors. What is not sure, however near 1 or 0, has the likelihood 1 afterwards, so that
    // it costs nothing, and no cell.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Compare(int rows)
    {
        ref double packed = ref MemoryMarshal.GetReference(_packed.Span);
        ref double columns = ref MemoryMarshal.GetReference(_columns.Span);
        nuint classes = (nuint)_classes;
        Vector256<double> one = Vector256<double>.One;
        Vector256<double> bins = Vector256.Create((double)EvaluationSums.CalibrationBins);
        Vector256<double> nearly = Vector256.Create(1 - Rounding);
        Vector256<double> firstCells = Vector256.Create(Shifter) + (Vector256.Create(0.0, 1, 2, 3) * Vector256.Create((double)_sums.CellStride));
        Vector256<double> firstRanks = Vector256.Create(Shifter) + (Vector256.Create(0.0, 1, 2, 3) * Vector256.Create((double)_sums.RankStride));
        Vector256<double> squaredErrors = Vector256<double>.Zero;
        for (nuint row = 0; row < (nuint)rows; row += Lanes)
        {
            ref double block = ref Unsafe.Add(ref packed, ((row & ~(nuint)Lanes) * classes) + (row & Lanes));
            Vector256<double> own = Vector256.LoadUnsafe(ref columns, row);
            Vector256<double> least = own * nearly;
            Vector256<double> most = own * Vector256.Create(1 + Rounding);
            Vector256<double> sum = Vector256<double>.Zero;
            Vector256<double> squares = Vector256<double>.Zero;
            Vector256<double> first = Vector256<double>.Zero;
            Vector256<double> second = Vector256<double>.Zero;
            Vector256<double> indexOfFirst = Vector256<double>.Zero;
            Vector256<double> index = Vector256<double>.Zero;
            Vector256<long> notBelow = Vector256<long>.Zero;
            Vector256<long> above = Vector256<long>.Zero;
            for (nuint j = 0; j < BlockRows * classes; j += BlockRows)
            {
                Vector256<double> p = Vector256.LoadUnsafe(ref block, j);
                sum += p;
                squares = MultiplyAdd.Fma(p, p, squares);
                notBelow -= Vector256.GreaterThan(p, least).AsInt64();
                above -= Vector256.GreaterThan(p, most).AsInt64();
                indexOfFirst = Vector256.ConditionalSelect(Vector256.GreaterThan(p, first), index, indexOfFirst);
                second = Vector256.MaxNative(second, Vector256.MinNative(first, p));
                first = Vector256.MaxNative(first, p);
                index += one;
            }

            // Who is not the first has others before, and who is nearly the first may have.
            Vector256<double> isRight = Vector256.Equals(notBelow, Vector256<long>.Zero).AsDouble();
            Vector256<double> weight = Vector256.LoadUnsafe(ref columns, row + WeightColumn);
            Vector256<double> isSure = Vector256.GreaterThanOrEqual(own, Vector256.Create(LeastLikelihood))
                & Vector256.GreaterThan(weight, Vector256<double>.Zero)
                & Vector256.Equals(notBelow, above).AsDouble()
                & (isRight | Vector256.LessThanOrEqual(second, first * nearly));
            Vector256.ConditionalSelect(isSure, own, one).StoreUnsafe(ref columns, row);

            // The sum of the others is 1 - P(y|x) without the cancellation.
            squaredErrors += (weight * MultiplyAdd.Fma(sum, sum, squares)) & isSure;

            Vector256<double> y = Vector256.LoadUnsafe(ref columns, row + ClassIndices);
            Vector256<double> cell = MultiplyAdd.Fma(y, index, Vector256.ConditionalSelect(isRight, y, indexOfFirst));
            ((cell + firstCells) | ~isSure).StoreUnsafe(ref columns, row + Cells);
            Vector256<double> confidence = Vector256.MaxNative(first, own);
            confidence.StoreUnsafe(ref columns, row + Confidences);
            Vector256<double> bin = Vector256.MinNative(Vector256.Ceiling(confidence * bins), bins) - one;
            Vector256<double> rank = (above.AsDouble() | Vector256.Create(Shifter)) - Vector256.Create(Shifter);
            (MultiplyAdd.Fma(rank, bins, bin) + firstRanks).StoreUnsafe(ref columns, row + Ranks);
        }

        return Vector256.Sum(squaredErrors);
    }

    // Mantissas are multiplied and exponents added: one logarithm for all rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Loss(int rows)
    {
        ref double likelihoods = ref MemoryMarshal.GetReference(_columns.Span);
        Vector256<double> product = Vector256<double>.One;
        Vector256<double> exponents = Vector256<double>.Zero;
        for (nuint row = 0; row < (nuint)rows; row += Lanes)
        {
            product *= VectorLog.Split(Vector256.LoadUnsafe(ref likelihoods, row), out Vector256<double> exponent);
            exponents += exponent;
        }

        return -(Vector256.Sum(VectorLog.Log(product)) + (Vector256.Sum(exponents) * Ln2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double WeightedLoss(int rows)
    {
        ref double likelihoods = ref MemoryMarshal.GetReference(_columns.Span);
        Vector256<double> loss = Vector256<double>.Zero;
        for (nuint row = 0; row < (nuint)rows; row += Lanes)
        {
            Vector256<double> log = VectorLog.Log(Vector256.LoadUnsafe(ref likelihoods, row));
            loss -= Vector256.LoadUnsafe(ref likelihoods, row + WeightColumn) * log;
        }

        return Vector256.Sum(loss);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Count(int rows, Span<int> left)
    {
        int[] counts = _sums.Cells;
        double[]? cellWeights = _sums.CellWeights;
        ConfidenceSums[] ranked = _sums.Ranks;
        Span<double> columns = _columns.Span;
        ReadOnlySpan<long> cells = MemoryMarshal.Cast<double, long>(columns[Cells..])[..rows];
        ReadOnlySpan<long> ranks = MemoryMarshal.Cast<double, long>(columns[Ranks..])[..cells.Length];
        ReadOnlySpan<double> confidences = columns.Slice(Confidences, cells.Length);
        ReadOnlySpan<double> weights = columns.Slice(WeightColumn, cells.Length);
        int leftCount = 0;
        for (int row = 0; row < cells.Length; row++)
        {
            int cell = (int)cells[row];
            if (cell < 0)
            {
                left[leftCount++] = row;
                continue;
            }

            counts[cell]++;
            ref ConfidenceSums sums = ref ranked[(int)ranks[row]];
            sums.Rows++;
            if (cellWeights is null)
            {
                sums.Confidence += confidences[row];
            }
            else
            {
                cellWeights[cell] += weights[row];
                sums.Weight += weights[row];
                sums.Confidence += weights[row] * confidences[row];
            }
        }

        return leftCount;
    }
}
