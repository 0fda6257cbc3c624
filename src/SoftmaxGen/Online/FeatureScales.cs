namespace SoftmaxGen.Online;

/// <summary>
/// Where the features of a stream lie and how far they spread: a row becomes <c>z = [1, (x_k - centre_k) / scale_k]</c>, and weights <c>V</c> of <c>z</c> and
/// weights <c>W</c> of raw features give the same scores when <c>V_jk = scale_k W_jk</c> and <c>V_j0 = W_j0 + sum_k centre_k W_jk</c>.
/// <para>
/// A feature is idle until its scale is known: at first, and as long as it is constant. The scale of an idle feature stands at 1.
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

    /// <summary>Initializes a new instance of the <see cref="FeatureScales"/> class whose features are all idle.</summary>
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
        _idle.AsSpan().Fill(1);
        _idleCount = features;
    }

    /// <summary>Tells whether a feature is idle.</summary>
    public bool IsIdle(int feature) => _idle[feature] != 0;

    /// <summary>Gets the weight that one unit of <c>V_jk</c> is of the raw feature.</summary>
    public double InverseScale(int feature) => _inverseScales[feature];

    /// <summary>Finds an idle feature that a row shows not to be constant.</summary>
    public bool Departs(ReadOnlySpan<double> row)
    {
        for (int k = 0; _idleCount > 0 && k < _idle.Length; k++)
        {
            if (IsIdle(k) && !IsRounding(Math.Abs(row[k + 1]), _centres[k]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Measures an idle feature on some rows, without regard to the farthest of them: its centre is the median, its scale the root of the mean squared distance
    /// from it over the nearest nine tenths of the rows, or over all rows where that is 0. A single row, however far, does not set the scale of a feature.
    /// </summary>
    /// <param name="feature">The feature.</param>
    /// <param name="column">Its values; they are changed.</param>
    /// <param name="weights">Weights <c>V</c>, which go on giving the same scores.</param>
    /// <param name="otherWeights">Other weights <c>V</c>.</param>
    /// <returns>Whether the scale is known now: the values are not all the same, but for rounding.</returns>
    public bool Measure(int feature, Span<double> column, Span<double> weights, Span<double> otherWeights)
    {
        column.Sort();
        double centre = column[column.Length / 2];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = Math.Abs(column[i] - centre);
        }

        column.Sort();
        double spread = RootMeanSquare(column[..^(column.Length / TrimmedShare)]);
        return Set(feature, centre, IsRounding(spread, centre) ? RootMeanSquare(column) : spread, weights, otherWeights);
    }

    /// <summary>Sets the centre and the scale of an idle feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="centre">The centre.</param>
    /// <param name="scale">The scale; the feature stays idle when it is no more than rounding.</param>
    /// <param name="weights">Weights <c>V</c>, which go on giving the same scores.</param>
    /// <param name="otherWeights">Other weights <c>V</c>.</param>
    /// <returns>Whether the scale is known now.</returns>
    public bool Set(int feature, double centre, double scale, Span<double> weights, Span<double> otherWeights)
    {
        bool isKnown = !IsRounding(scale, centre);
        double shift = centre - _centres[feature];
        _centres[feature] = centre;
        if (isKnown)
        {
            _idle[feature] = 0;
            _idleCount--;
            _scales[feature] = scale;
            _inverseScales[feature] = 1 / scale;
        }

        Change(weights, feature + 1, shift, _scales[feature]);
        Change(otherWeights, feature + 1, shift, _scales[feature]);
        return isKnown;
    }

    /// <summary>Centres and scales a row.</summary>
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

    /// <summary>Brings a row within reach, and doubles the reach of a feature that was beyond. Idle features count as 0.</summary>
    public void Reach(ReadOnlySpan<double> row, Span<double> near)
    {
        near[0] = 1;
        for (int k = 0; k < _reaches.Length; k++)
        {
            double z = IsIdle(k) ? 0 : row[k + 1];
            if (Math.Abs(z) > _reaches[k])
            {
                z = double.CopySign(_reaches[k], z);
                _reaches[k] *= 2;
            }

            near[k + 1] = z;
        }
    }

    /// <summary>Turns weights of <c>z</c> into weights of raw features.</summary>
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

    private void Change(Span<double> weights, int column, double shift, double scale)
    {
        int columns = _centres.Length + 1;
        for (int first = 0; first < weights.Length; first += columns)
        {
            weights[first] += shift * weights[first + column];
            weights[first + column] *= scale;
        }
    }
}
