using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>What is summed over the rows of an evaluation. Not generic, so that it is compiled once for all models.</summary>
internal sealed class EvaluationSums
{
    private const int CalibrationBins = 15;

    private readonly double[] _powers;

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
    public double Loss { get; private set; }

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

        Loss += weight * loss;
        SquaredErrors += weight * SquaredError(sum, y);
        Confusion[(y * scores.Length) + predicted]++;
        ConfusionWeights[(y * scores.Length) + predicted] += weight;
        RankWeights[Rank(scores, y)] += weight;
        Calibration[Bin(1 / sum)].Add(1 / sum, predicted == y, weight);
        return loss;
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
