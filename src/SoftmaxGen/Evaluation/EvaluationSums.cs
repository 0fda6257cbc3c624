namespace SoftmaxGen;

/// <summary>What is summed over the rows of an evaluation. Not generic, so that it is compiled once for all models.</summary>
internal sealed class EvaluationSums
{
    private const int CalibrationBins = 15;

    private readonly double[] _probabilities;

    /// <summary>Initializes a new instance of the <see cref="EvaluationSums"/> class.</summary>
    /// <param name="shape">The shape of the model.</param>
    public EvaluationSums(ModelShape shape)
    {
        Shape = shape;
        _probabilities = new double[shape.Classes];
        Confusion = new int[shape.Classes * shape.Classes];
        RankCounts = new int[shape.Classes];
    }

    /// <summary>Gets the shape of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gets the sum of the rows' losses.</summary>
    public double Loss { get; private set; }

    /// <summary>Gets the sum of the squared errors of all probabilities.</summary>
    public double SquaredErrors { get; private set; }

    /// <summary>Gets the counts of the confusion matrix, <c>C x C</c>, actual classes in rows.</summary>
    public int[] Confusion { get; }

    /// <summary>Gets the number of rows by how many classes come before the row's own.</summary>
    public int[] RankCounts { get; }

    /// <summary>Gets the sums of each bin of the confidence.</summary>
    public BinSums[] Calibration { get; } = new BinSums[CalibrationBins];

    /// <summary>Adds a row.</summary>
    /// <param name="scores">Its <c>C</c> scores; finite.</param>
    /// <param name="y">The index of its class.</param>
    /// <returns>The row's loss.</returns>
    public double Add(ReadOnlySpan<double> scores, int y)
    {
        int predicted = IndexOfLargest(scores);
        double sum = Exponentials(scores, scores[predicted]);
        double loss = Math.Log(sum) + (scores[predicted] - scores[y]);

        Loss += loss;
        SquaredErrors += SquaredError(sum, y);
        Confusion[(y * scores.Length) + predicted]++;
        RankCounts[Rank(scores, y)]++;
        Calibration[Bin(1 / sum)].Add(1 / sum, predicted == y);
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

    /// <summary>Leaves <c>exp(S_j - largest)</c> in the probabilities' place.</summary>
    private double Exponentials(ReadOnlySpan<double> scores, double largest)
    {
        double sum = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            _probabilities[j] = Math.Exp(scores[j] - largest);
            sum += _probabilities[j];
        }

        return sum;
    }

    private double SquaredError(double sum, int y)
    {
        double squares = 0;
        double others = 0;
        for (int j = 0; j < _probabilities.Length; j++)
        {
            double probability = j == y ? 0 : _probabilities[j] / sum;
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
        private int _correct;
        private double _confidence;

        /// <summary>Adds a row.</summary>
        /// <param name="confidence">The probability of the predicted class.</param>
        /// <param name="correct">Whether the prediction was right.</param>
        public void Add(double confidence, bool correct)
        {
            _rows++;
            _correct += correct ? 1 : 0;
            _confidence += confidence;
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
            Confidence = _rows == 0 ? 0 : _confidence / _rows,
            Accuracy = _rows == 0 ? 0 : (double)_correct / _rows,
        };
    }
}
