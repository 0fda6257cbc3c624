using SoftmaxGen.Data;

namespace SoftmaxGen.Online;

/// <summary>
/// Where the features of a stream lie and how far they spread: a row becomes <c>z = [1, (x_k - centre_k) / scale_k]</c>, and weights <c>V</c> of <c>z</c> and
/// weights <c>W</c> of raw features give the same scores when <c>V_jk = scale_k W_jk</c> and <c>V_j0 = W_j0 + sum_k centre_k W_jk</c>.
/// <para>
/// A feature that has been constant so far is idle: its scale is not known and stands at 1. Its first departure wakes it and becomes its scale.
/// </para>
/// </summary>
internal sealed class FeatureScales
{
    /// <summary>A spread below this share of the values is their rounding.</summary>
    private const double Rounding = 1e-13;

    // So many scales from the centre a row counts in full. Beyond, it counts as if it were there, and the reach doubles: one far row changes little, many
    // show that the scale was too small.
    private const double FirstReach = 10;

    // One row in so many is left out at the far end of a feature.
    private const int TrimmedShare = 10;

    private readonly double[] _centres;
    private readonly double[] _scales;
    private readonly double[] _inverseScales;
    private readonly double[] _reaches;
    private readonly double[] _idle;
    private int _idleCount;

    /// <summary>Initializes a new instance of the <see cref="FeatureScales"/> class that leaves features as they are until it is measured.</summary>
    /// <param name="features">The number of features, <c>m</c>.</param>
    public FeatureScales(int features)
    {
        _centres = new double[features];
        _scales = new double[features];
        _inverseScales = new double[features];
        _reaches = new double[features];
        _idle = new double[features];
        _scales.AsSpan().Fill(1);
        _inverseScales.AsSpan().Fill(1);
        _reaches.AsSpan().Fill(FirstReach);
    }

    /// <summary>Tells whether a feature is idle.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>Whether it has been constant so far.</returns>
    public bool IsIdle(int feature) => _idle[feature] != 0;

    /// <summary>Gets the weight that one unit of <c>V_jk</c> is of the raw feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>One over the scale.</returns>
    public double InverseScale(int feature) => _inverseScales[feature];

    /// <summary>Takes over the moments of a training set.</summary>
    /// <param name="moments">The moments.</param>
    public void Take(ColumnMoments moments)
    {
        for (int k = 0; k < _centres.Length; k++)
        {
            Set(k, moments.Means[k], moments.Deviations[k]);
        }
    }

    /// <summary>
    /// Measures some rows, without regard to the farthest of them: the centre of a feature is its median, the scale the root of the mean squared distance from
    /// it over the nearest nine tenths of the rows, or over all rows where that is 0. A single row, however far, does not set the scale of a feature.
    /// </summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="column">Scratch for <c>n</c> numbers.</param>
    public void Measure(ReadOnlySpan<double> rows, Span<double> column)
    {
        int features = _centres.Length;
        for (int k = 0; k < features; k++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = rows[(i * features) + k];
            }

            column.Sort();
            double centre = column[column.Length / 2];
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = Math.Abs(column[i] - centre);
            }

            column.Sort();
            double spread = RootMeanSquare(column[..^(column.Length / TrimmedShare)]);
            Set(k, centre, IsRounding(spread, centre) ? RootMeanSquare(column) : spread);
        }
    }

    /// <summary>Centres and scales a row.</summary>
    /// <param name="features">The row, <c>m</c> features.</param>
    /// <param name="row">Receives <c>z</c>, with its leading 1.</param>
    public void Apply(ReadOnlySpan<double> features, Span<double> row)
    {
        row[0] = 1;
        Span<double> z = row[1..];
        ReadOnlySpan<double> centres = _centres;
        ReadOnlySpan<double> inverseScales = _inverseScales;
        for (int k = 0; k < z.Length; k++)
        {
            z[k] = (features[k] - centres[k]) * inverseScales[k];
        }
    }

    /// <summary>Brings a row within reach, and doubles the reach of a feature that was beyond.</summary>
    /// <param name="row">The row <c>z</c>.</param>
    /// <param name="near">Receives the row as it counts.</param>
    public void Reach(ReadOnlySpan<double> row, Span<double> near)
    {
        near[0] = 1;
        for (int k = 0; k < _reaches.Length; k++)
        {
            double z = row[k + 1];
            if (Math.Abs(z) > _reaches[k])
            {
                z = double.CopySign(_reaches[k], z);
                _reaches[k] *= 2;
            }

            near[k + 1] = z;
        }
    }

    /// <summary>Finds an idle feature that a row wakes, and gives it a scale.</summary>
    /// <param name="row">The row <c>z</c>; the feature's element becomes 1 or -1.</param>
    /// <param name="weights">Weights <c>V</c>, which go on giving the same scores.</param>
    /// <param name="otherWeights">Other weights <c>V</c>.</param>
    /// <returns>The feature, or -1 when none wakes.</returns>
    public int Wake(Span<double> row, Span<double> weights, Span<double> otherWeights)
    {
        for (int k = 0; _idleCount > 0 && k < _idle.Length; k++)
        {
            double departure = Math.Abs(row[k + 1]);
            if (IsIdle(k) && !IsRounding(departure, _centres[k]))
            {
                _idle[k] = 0;
                _idleCount--;
                _scales[k] = departure;
                _inverseScales[k] = 1 / departure;
                row[k + 1] = Math.Sign(row[k + 1]);
                for (int i = k + 1; i < weights.Length; i += row.Length)
                {
                    weights[i] *= departure;
                    otherWeights[i] *= departure;
                }

                return k;
            }
        }

        return -1;
    }

    /// <summary>Turns weights of raw features into weights of <c>z</c>, in place.</summary>
    /// <param name="weights">The weights <c>W</c>, <c>C x (m+1)</c>, row-major; receives <c>V</c>.</param>
    public void FromRaw(Span<double> weights)
    {
        int columns = _centres.Length + 1;
        for (int first = 0; first < weights.Length; first += columns)
        {
            Span<double> row = weights.Slice(first, columns);
            for (int k = 1; k < columns; k++)
            {
                row[0] += _centres[k - 1] * row[k];
                row[k] *= _scales[k - 1];
            }
        }
    }

    /// <summary>Turns weights of <c>z</c> into weights of raw features.</summary>
    /// <param name="weights">The weights <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="raw">Receives the weights <c>W</c>, <c>C x (m+1)</c>, row-major.</param>
    public void ToRaw(ReadOnlySpan<double> weights, Span<double> raw)
    {
        int columns = _centres.Length + 1;
        for (int first = 0; first < weights.Length; first += columns)
        {
            ReadOnlySpan<double> row = weights.Slice(first, columns);
            Span<double> target = raw.Slice(first, columns);
            target[0] = row[0];
            for (int k = 1; k < columns; k++)
            {
                target[k] = row[k] * _inverseScales[k - 1];
                target[0] -= _centres[k - 1] * target[k];
            }
        }
    }

    /// <summary>Writes or reads the scales.</summary>
    /// <param name="state">The pass over the state.</param>
    public void Exchange(IStateExchange state)
    {
        state.Numbers(_centres);
        state.Numbers(_scales);
        state.Numbers(_inverseScales);
        state.Numbers(_reaches);
        state.Numbers(_idle);
        _idleCount = _idle.Length - _idle.AsSpan().Count(0);
    }

    // A scale whose inverse is not finite is none.
    private static bool IsRounding(double spread, double centre) => !(spread > Rounding * Math.Abs(centre) && double.IsFinite(1 / spread));

    // Divided by the largest first: no square over- or underflows.
    private static double RootMeanSquare(ReadOnlySpan<double> sortedDistances)
    {
        double largest = sortedDistances[^1];
        if (largest == 0)
        {
            return 0;
        }

        double sum = 0;
        foreach (double distance in sortedDistances)
        {
            sum += (distance / largest) * (distance / largest);
        }

        return largest * Math.Sqrt(sum / sortedDistances.Length);
    }

    private void Set(int feature, double centre, double scale)
    {
        _centres[feature] = centre;
        if (IsRounding(scale, centre))
        {
            _idle[feature] = 1;
            _idleCount++;
            return;
        }

        _scales[feature] = scale;
        _inverseScales[feature] = 1 / scale;
    }
}
