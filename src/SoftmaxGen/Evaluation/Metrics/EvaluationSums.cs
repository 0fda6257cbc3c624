using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>What is summed over the rows of an evaluation. Not generic, so that it is compiled once for all models.</summary>
internal sealed class EvaluationSums
{
    private const int CalibrationBins = 15;

    // Logarithms are taken of so many rows at once, whole vectors.
    private const int PendingRows = 64;

    // Probabilities that differ by a smaller share may have scores in either order: it is some hundred times their error.
    private const double Rounding = 1e-13;

    // Smaller probabilities lose digits, and are 0 in the end.
    private const double LeastLikelihood = 1e-290;

    private readonly double[] _powers;

    // The rows whose losses are not summed yet: P(y|x), and the weight.
    private readonly double[] _likelihoods = new double[PendingRows];
    private readonly double[] _weights = new double[PendingRows];
    private int _pending;
    private double _loss;

    /// <summary>Initializes a new instance of the <see cref="EvaluationSums"/> class.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="isWeighted">Whether rows have weights; if not, each weighs 1.</param>
    public EvaluationSums(ModelShape shape, bool isWeighted)
    {
        Shape = shape;
        IsWeighted = isWeighted;
        _powers = new double[shape.Classes];
        Confusion = new int[shape.Classes * shape.Classes];
        ConfusionWeights = new double[Confusion.Length];
        RankWeights = new double[shape.Classes];
    }

    /// <summary>Gets the shape of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets a value indicating whether rows have weights; if not, each weighs 1.</summary>
    public bool IsWeighted { get; }

    /// <summary>Gets the weighted sum of the rows' losses.</summary>
    public double Loss => _loss + PendingLoss();

    /// <summary>Gets the weighted sum of the squared errors of all probabilities.</summary>
    public double SquaredErrors { get; private set; }

    /// <summary>Gets the counts of the confusion matrix, <c>C x C</c>, actual classes in rows.</summary>
    public int[] Confusion { get; }

    /// <summary>Gets the weights of the rows that the confusion matrix counts.</summary>
    public double[] ConfusionWeights { get; }

    /// <summary>Gets the weight of the rows by how many classes come before the row's own.</summary>
    public double[] RankWeights { get; }

    /// <summary>Gets the sums of each bin of the confidence.</summary>
    public BinSums[] Calibration { get; } = new BinSums[CalibrationBins];

    /// <summary>Adds a row.</summary>
    /// <param name="scores">Its <c>C</c> scores; finite.</param>
    /// <param name="y">The index of its class.</param>
    /// <param name="weight">Its weight; positive.</param>
    /// <returns>The row's loss.</returns>
    public double Add(ReadOnlySpan<double> scores, int y, double weight)
    {
        int predicted = IndexOfLargest(scores);
        (double largest, double sum) = ScalarSoftmax.Exponentiate(scores, _powers);
        double loss = Math.Log(sum) + (largest - scores[y]);

        _loss += weight * loss;
        Count(y, predicted, Rank(scores, y), SquaredError(sum, y), 1 / sum, weight);
        return loss;
    }

    /// <summary>Adds a row by its probabilities, which a batch has faster than scores one row at a time.</summary>
    /// <param name="probabilities">The <c>C</c> probabilities; that of the row's own class is set to 0.</param>
    /// <param name="y">The index of the row's class.</param>
    /// <param name="weight">Its weight; positive.</param>
    /// <returns>Whether the row was added: not where only its scores tell what they say.</returns>
    public bool TryAdd(Span<double> probabilities, int y, double weight)
    {
        double own = probabilities[y];
        probabilities[y] = 0;
        (double others, double squares, double largest) = Summarize(probabilities);
        int predicted = y;
        int rank = 0;
        if (own < LeastLikelihood)
        {
            return false;
        }

        // Who is not the first has others before, and who is nearly the first may have.
        if (largest >= own * (1 - Rounding))
        {
            predicted = probabilities.IndexOf(largest);
            rank = CountAbove(probabilities, own * (1 + Rounding));
            if (rank != CountAbove(probabilities, own * (1 - Rounding)) || CountAbove(probabilities, largest * (1 - Rounding)) > 1)
            {
                return false;
            }
        }

        _likelihoods[_pending] = own;
        _weights[_pending] = weight;
        if (++_pending == PendingRows)
        {
            _loss += PendingLoss();
            _pending = 0;
        }

        Count(y, predicted, rank, squares + (others * others), Math.Max(own, largest), weight);
        return true;
    }

    private static (double Sum, double Squares, double Largest) Summarize(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        double squares = 0;
        double largest = 0;
        if (numbers.Length >= Vector256<double>.Count)
        {
            Vector256<double> sums = Vector256<double>.Zero;
            Vector256<double> squaresOfLanes = Vector256<double>.Zero;
            Vector256<double> largestOfLanes = Vector256<double>.Zero;
            for (; numbers.Length >= Vector256<double>.Count; numbers = numbers[Vector256<double>.Count..])
            {
                Vector256<double> p = Vector256.Create(numbers);
                sums += p;
                squaresOfLanes += p * p;
                largestOfLanes = Vector256.MaxNative(largestOfLanes, p);
            }

            sum = Vector256.Sum(sums);
            squares = Vector256.Sum(squaresOfLanes);
            largest = LaneReduction.Largest(largestOfLanes);
        }

        foreach (double p in numbers)
        {
            sum += p;
            squares += p * p;
            largest = p > largest ? p : largest;
        }

        return (sum, squares, largest);
    }

    private static int CountAbove(ReadOnlySpan<double> numbers, double bound)
    {
        int count = 0;
        foreach (double p in numbers)
        {
            count += p > bound ? 1 : 0;
        }

        return count;
    }

    private double PendingLoss()
    {
        // What fills the last vector costs nothing: log 1, with the weight 0.
        int whole = (_pending + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        _likelihoods.AsSpan(_pending..whole).Fill(1);
        _weights.AsSpan(_pending..whole).Clear();
        Vector256<double> loss = Vector256<double>.Zero;
        for (int row = 0; row < whole; row += Vector256<double>.Count)
        {
            loss -= Vector256.Create<double>(_weights.AsSpan(row)) * VectorLog.Log(Vector256.Create<double>(_likelihoods.AsSpan(row)));
        }

        return Vector256.Sum(loss);
    }

    private void Count(int y, int predicted, int rank, double squaredError, double confidence, double weight)
    {
        int cell = (y * Shape.Classes) + predicted;
        SquaredErrors += weight * squaredError;
        Confusion[cell]++;
        ConfusionWeights[cell] += weight;
        RankWeights[rank] += weight;
        Calibration[Bin(confidence)].Add(confidence, predicted == y, weight);
    }

    // Strictly greater: ties go to the lowest class.
    private static int IndexOfLargest(ReadOnlySpan<double> scores)
    {
        int best = 0;
        for (int j = 1; j < scores.Length; j++)
        {
            best = scores[j] > scores[best] ? j : best;
        }

        return best;
    }

    private double SquaredError(double sum, int y)
    {
        double squares = 0;
        double others = 0;
        for (int j = 0; j < _powers.Length; j++)
        {
            double probability = j == y ? 0 : _powers[j] / sum;
            others += probability;
            squares += probability * probability;
        }

        // 1 - P(y) without the cancellation.
        return squares + (others * others);
    }

    private static int Rank(ReadOnlySpan<double> scores, int y)
    {
        int before = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            before += scores[j] > scores[y] || (scores[j] == scores[y] && j < y) ? 1 : 0;
        }

        return before;
    }

    // Bin b holds confidences above b/15 and up to (b + 1)/15.
    private static int Bin(double confidence) => Math.Clamp((int)Math.Ceiling(confidence * CalibrationBins) - 1, 0, CalibrationBins - 1);

    /// <summary>The sums of the rows whose confidence falls into one bin.</summary>
    internal struct BinSums
    {
        private int _rows;
        private double _weight;
        private double _correct;
        private double _confidence;

        /// <summary>Adds a row.</summary>
        /// <param name="confidence">The probability of the predicted class.</param>
        /// <param name="correct">Whether the prediction was right.</param>
        /// <param name="weight">The weight of the row.</param>
        public void Add(double confidence, bool correct, double weight)
        {
            _rows++;
            _weight += weight;
            _correct += correct ? weight : 0;
            _confidence += weight * confidence;
        }

        /// <summary>Makes the bin.</summary>
        /// <param name="index">Its index.</param>
        /// <param name="bins">The number of bins.</param>
        /// <returns>The bin.</returns>
        public readonly CalibrationBin ToBin(int index, int bins) => new()
        {
            Lower = (double)index / bins,
            Upper = (index + 1.0) / bins,
            RowCount = _rows,
            Weight = _weight,
            Confidence = _rows == 0 ? 0 : _confidence / _weight,
            Accuracy = _rows == 0 ? 0 : _correct / _weight,
        };
    }
}
