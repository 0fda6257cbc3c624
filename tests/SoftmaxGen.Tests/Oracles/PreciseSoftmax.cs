namespace SoftmaxGen.Tests.Oracles;

/// <summary>
/// The optimum of a small softmax regression in 106-bit arithmetic, and whether there is one: plain, slow, and with nothing in common with the library. The
/// unknowns are the contrasts <c>c_j = V_j - V_0</c>, <c>j >= 1</c>, of features less their median and by the median distance from it of the rows that are not
/// there, which no far row moves.
/// </summary>
internal sealed class PreciseSoftmax
{
    private readonly int _classes;
    private readonly int _columns;
    private readonly DoubleDouble[][] _rows;
    private readonly int[] _labels;
    private readonly DoubleDouble[] _shares;
    private readonly double[]? _offsets;
    private readonly DoubleDouble[] _curvatures;
    private readonly double[] _origins;
    private readonly double[] _scales;

    /// <param name="classes">The classes.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="rowWeights">Their weights.</param>
    /// <param name="offsets">What is added to the scores, row-major; null for nothing.</param>
    /// <param name="l2">The strength of the penalty.</param>
    /// <param name="standardize">Whether it is on the weights of standardised features.</param>
    /// <param name="constant">Which features are constant but for rounding and so have no weight.</param>
    public PreciseSoftmax(
        int classes, double[] rows, int[] labels, double[] rowWeights, double[]? offsets, double l2, bool standardize, bool[] constant)
    {
        int m = constant.Length;
        _classes = classes;
        _columns = m + 1;
        _labels = labels;
        _offsets = offsets;
        DoubleDouble total = 0;
        foreach (double weight in rowWeights)
        {
            total += weight;
        }

        _shares = [.. rowWeights.Select(weight => weight / total)];
        _origins = new double[m];
        _scales = new double[m];
        _curvatures = new DoubleDouble[_columns];
        for (int k = 0; k < m; k++)
        {
            double[] column = [.. labels.Select((_, i) => rows[(i * m) + k])];
            _origins[k] = Median(column);
            double[] distances = [.. column.Select(x => Math.Abs(x - _origins[k]))];
            double[] apart = [.. distances.Where(distance => distance > 0)];
            double spread = apart.Length == 0 ? 0 : apart.Order().ElementAt((apart.Length - 1) / 2);
            _scales[k] = constant[k] || spread == 0 ? 0 : Math.ScaleB(1, Math.ILogB(spread));
            if (_scales[k] > 0)
            {
                // The weight of a standardised feature is the one here times the deviation here; that of a raw feature is the one here by the scale.
                DoubleDouble mean = Mean(i => Scaled(column[i], k));
                DoubleDouble variance = Mean(i => (Scaled(column[i], k) - mean) * (Scaled(column[i], k) - mean));
                _curvatures[k + 1] = standardize ? variance * l2 : l2 / (DoubleDouble)_scales[k] / _scales[k];
            }
        }

        _rows = [.. labels.Select((_, i) => Standardise(rows.AsSpan(i * m, m)))];
    }

    /// <summary>Finds the least objective by Newton's method with halved steps.</summary>
    public double Minimum()
    {
        int size = (_classes - 1) * _columns;
        var point = new DoubleDouble[size];
        (DoubleDouble value, DoubleDouble[] gradient, DoubleDouble[][] hessian) = Evaluate(point);
        for (int iteration = 0; iteration < 200; iteration++)
        {
            DoubleDouble[] step = Solve(hessian, gradient);
            DoubleDouble decrement = 0;
            for (int i = 0; i < size; i++)
            {
                decrement += step[i] * gradient[i];
            }

            // A step that moves a score is no last step, however little it is foretold to gain: one far row may have most of the curvature.
            if (decrement.High <= 1e-13 * value.High && (LargestChange(step) <= 0.1 || decrement.High <= 1e-26 * value.High))
            {
                return value.High;
            }

            double length = 1;
            DoubleDouble[] next;
            DoubleDouble nextValue;
            do
            {
                next = [.. point.Select((x, i) => x - (step[i] * length))];
                nextValue = Objective(next);
                length /= 2;
            }
            while (!(nextValue < value - (decrement * (length * 1e-4))) && length > 1e-30);
            point = next;
            (value, gradient, hessian) = Evaluate(point);
        }

        throw new InvalidOperationException("The oracle did not arrive.");
    }

    /// <summary>Evaluates the objective of weights of raw features, <c>C x (m+1)</c>, exactly as they are.</summary>
    public double ObjectiveOf(ReadOnlySpan<double> weights)
    {
        var point = new DoubleDouble[(_classes - 1) * _columns];
        for (int j = 1; j < _classes; j++)
        {
            DoubleDouble bias = (DoubleDouble)weights[j * _columns] - weights[0];
            for (int k = 1; k < _columns; k++)
            {
                DoubleDouble contrast = (DoubleDouble)weights[(j * _columns) + k] - weights[k];
                bias += contrast * _origins[k - 1];
                point[((j - 1) * _columns) + k] = contrast * _scales[k - 1];
            }

            point[(j - 1) * _columns] = bias;
        }

        return Objective(point).High;
    }

    /// <summary>
    /// Decides whether there is no optimum without a penalty: whether contrasts exist that give no row of positive weight a negative margin and some row a
    /// positive one. By Stiemke's lemma they exist exactly when <c>A'u = 0</c> has no solution <c>u > 0</c>, where <c>A</c> has a row for each margin. With
    /// <c>u = 1 + v</c> that is a question to the first phase of the simplex method, by Bland's rule.
    /// </summary>
    public bool HasRecession()
    {
        int size = (_classes - 1) * _columns;
        var margins = new List<DoubleDouble[]>();
        for (int i = 0; i < _labels.Length; i++)
        {
            for (int j = 0; j < _classes; j++)
            {
                if (j != _labels[i] && _shares[i].High > 0)
                {
                    var margin = new DoubleDouble[size];
                    double largest = _rows[i].Max(x => Math.Abs(x.High));
                    for (int k = 0; k < _columns; k++)
                    {
                        AddTo(margin, _labels[i], k, _rows[i][k] / largest);
                        AddTo(margin, j, k, -_rows[i][k] / largest);
                    }

                    margins.Add(margin);
                }
            }
        }

        return !IsFeasible(size, margins);

        void AddTo(DoubleDouble[] margin, int classIndex, int column, DoubleDouble value)
        {
            if (classIndex > 0)
            {
                margin[((classIndex - 1) * _columns) + column] += value;
            }
        }
    }

    // Whether sum_i v_i a_i = -sum_i a_i for some v >= 0.
    private static bool IsFeasible(int size, List<DoubleDouble[]> vectors)
    {
        int count = vectors.Count;
        DoubleDouble[][] table = NewTable(size + 1, count + 1);
        int[] basis = [.. Enumerable.Range(count, size)];
        for (int r = 0; r < size; r++)
        {
            DoubleDouble right = 0;
            foreach (DoubleDouble[] vector in vectors)
            {
                right -= vector[r];
            }

            double sign = right.High < 0 ? -1 : 1;
            for (int c = 0; c <= count; c++)
            {
                table[r][c] = (c < count ? vectors[c][r] : right) * sign;
                table[size][c] -= table[r][c];
            }
        }

        const double Zero = 1e-20;
        for (int step = 0; ; step++)
        {
            // The steepest column, and after a while the first, which does not go round in circles.
            IEnumerable<int> columns = Enumerable.Range(0, count).Where(c => table[size][c].High < -Zero);
            int enters = (step < 20 * size ? columns.OrderBy(c => table[size][c].High) : columns).FirstOrDefault(-1);
            if (enters < 0)
            {
                return Math.Abs(table[size][count].High) < 1e-15;
            }

            int leaves = -1;
            for (int r = 0; r < size; r++)
            {
                if (table[r][enters].High > Zero
                    && (leaves < 0 || Ratio(r) < Ratio(leaves) || (!(Ratio(leaves) < Ratio(r)) && basis[r] < basis[leaves])))
                {
                    leaves = r;
                }
            }

            if (leaves < 0)
            {
                throw new InvalidOperationException("The first phase cannot be unbounded.");
            }

            Pivot(leaves, enters);

            DoubleDouble Ratio(int r) => table[r][count] / table[r][enters];
        }

        void Pivot(int row, int column)
        {
            DoubleDouble inverse = 1 / table[row][column];
            for (int c = 0; c <= count; c++)
            {
                table[row][c] *= inverse;
            }

            for (int r = 0; r <= size; r++)
            {
                DoubleDouble factor = table[r][column];
                if (r != row && factor.High != 0)
                {
                    for (int c = 0; c <= count; c++)
                    {
                        table[r][c] -= factor * table[row][c];
                    }

                    table[r][column] = 0;
                }
            }

            basis[row] = column;
        }
    }

    private static DoubleDouble[][] NewTable(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new DoubleDouble[columns])];

    private double LargestChange(DoubleDouble[] step)
    {
        double largest = 0;
        foreach (DoubleDouble[] row in _rows)
        {
            for (int first = 0; first < step.Length; first += _columns)
            {
                DoubleDouble change = 0;
                for (int k = 0; k < _columns; k++)
                {
                    change += step[first + k] * row[k];
                }

                largest = Math.Max(largest, Math.Abs(change.High));
            }
        }

        return largest;
    }

    private DoubleDouble Mean(Func<int, DoubleDouble> term)
    {
        DoubleDouble sum = 0;
        for (int i = 0; i < _shares.Length; i++)
        {
            sum += _shares[i] * term(i);
        }

        return sum;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private DoubleDouble Scaled(double x, int feature) => ((DoubleDouble)x - _origins[feature]) / _scales[feature];

    private DoubleDouble[] Standardise(ReadOnlySpan<double> row)
    {
        var standardised = new DoubleDouble[_columns];
        standardised[0] = 1;
        for (int k = 0; k < row.Length; k++)
        {
            standardised[k + 1] = _scales[k] == 0 ? 0 : Scaled(row[k], k);
        }

        return standardised;
    }

    private DoubleDouble Objective(DoubleDouble[] point) => Mean(i => Softmax(point, i).Loss) + Penalty(point);

    // Of all weights that share the contrasts those with the mean 0: (l2 / 2) (sum_j c_j^2 - (sum_j c_j)^2 / C) for each column.
    private DoubleDouble Penalty(DoubleDouble[] point)
    {
        DoubleDouble penalty = 0;
        for (int k = 1; k < _columns; k++)
        {
            DoubleDouble sum = 0;
            DoubleDouble squares = 0;
            for (int i = k; i < point.Length; i += _columns)
            {
                sum += point[i];
                squares += point[i] * point[i];
            }

            penalty += _curvatures[k] * 0.5 * (squares - (sum * sum / _classes));
        }

        return penalty;
    }

    private (DoubleDouble Loss, DoubleDouble[] Probabilities) Softmax(DoubleDouble[] point, int row)
    {
        var scores = new DoubleDouble[_classes];
        for (int j = 0; j < _classes; j++)
        {
            scores[j] = _offsets is null ? 0 : _offsets[(row * _classes) + j];
            for (int k = 0; k < _columns && j > 0; k++)
            {
                scores[j] += point[((j - 1) * _columns) + k] * _rows[row][k];
            }
        }

        int largest = Enumerable.Range(0, _classes).MaxBy(j => scores[j].High);
        DoubleDouble rest = 0;
        var p = new DoubleDouble[_classes];
        for (int j = 0; j < _classes; j++)
        {
            p[j] = j == largest ? 1 : DoubleDouble.Exp(scores[j] - scores[largest]);
            rest += j == largest ? 0 : p[j];
        }

        DoubleDouble loss = DoubleDouble.LogOnePlus(rest) + scores[largest] - scores[_labels[row]];
        return (loss, [.. p.Select(e => e / (rest + 1))]);
    }

    private (DoubleDouble Value, DoubleDouble[] Gradient, DoubleDouble[][] Hessian) Evaluate(DoubleDouble[] point)
    {
        int size = point.Length;
        DoubleDouble value = Penalty(point);
        var gradient = new DoubleDouble[size];
        DoubleDouble[][] hessian = NewTable(size, size);
        for (int row = 0; row < _labels.Length; row++)
        {
            if (_shares[row].High == 0)
            {
                continue;
            }

            (DoubleDouble loss, DoubleDouble[] p) = Softmax(point, row);
            value += _shares[row] * loss;
            for (int i = 0; i < size; i++)
            {
                int j = (i / _columns) + 1;
                DoubleDouble x = _shares[row] * _rows[row][i % _columns];
                gradient[i] += x * (p[j] - (j == _labels[row] ? 1 : 0));
                for (int other = 0; other <= i; other++)
                {
                    int l = (other / _columns) + 1;
                    hessian[i][other] += x * _rows[row][other % _columns] * p[j] * (j == l ? 1 - p[j] : -p[l]);
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            for (int other = i % _columns; other < size; other += _columns)
            {
                DoubleDouble curvature = _curvatures[i % _columns] * ((i == other ? 1 : 0) - (1 / (DoubleDouble)_classes));
                gradient[i] += curvature * point[other];
                if (other <= i)
                {
                    hessian[i][other] += curvature;
                }
            }
        }

        return (value, gradient, hessian);
    }

    // L D L' x = b; a coordinate whose pivot is rounding depends on those before it and stays 0.
    private static DoubleDouble[] Solve(DoubleDouble[][] matrix, DoubleDouble[] b)
    {
        int size = b.Length;
        DoubleDouble[][] lower = NewTable(size, size);
        var pivots = new DoubleDouble[size];
        DoubleDouble[] x = [.. b];
        for (int i = 0; i < size; i++)
        {
            DoubleDouble pivot = matrix[i][i];
            for (int k = 0; k < i; k++)
            {
                DoubleDouble element = matrix[i][k];
                for (int other = 0; other < k; other++)
                {
                    element -= lower[i][other] * lower[k][other] * pivots[other];
                }

                lower[i][k] = pivots[k].High == 0 ? 0 : element / pivots[k];
                pivot -= lower[i][k] * lower[i][k] * pivots[k];
                x[i] -= lower[i][k] * x[k];
            }

            pivots[i] = pivot.High > 1e-26 * matrix[i][i].High ? pivot : 0;
        }

        for (int i = size - 1; i >= 0; i--)
        {
            x[i] = pivots[i].High == 0 ? 0 : x[i] / pivots[i];
            for (int k = i + 1; k < size; k++)
            {
                x[i] -= pivots[i].High == 0 ? 0 : lower[k][i] * x[k];
            }
        }

        return x;
    }
}
