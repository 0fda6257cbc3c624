using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Online;

/// <summary>
/// The online Newton step from its formulas: the curvature is kept as it is, in full or its diagonal, and solved with for each row. Every feature varies among
/// the first rows.
/// </summary>
internal sealed class PlainOnlineNewton(int classes, int features, double[] start, double rowsOfStart, double l2, bool isDiagonal)
{
    private const int WarmUpRows = 64;

    private readonly List<(double[] Row, int Label)> _kept = [];
    private readonly int _columns = features + 1;
    private readonly double[] _centres = new double[features];
    private readonly double[] _scales = [.. Enumerable.Repeat(1.0, features)];
    private readonly double[] _reaches = [.. Enumerable.Repeat(10.0, features)];
    private readonly double[] _start = [.. start];
    private readonly double[] _learned = [.. start];
    private double[][] _curvature = [];
    private double _advantage = -2;
    private int _steps;

    /// <summary>Gets the weights of raw features that lie between the start and what was learned.</summary>
    public double[] Weights
    {
        get
        {
            double[] raw = Between();
            for (int j = 0; j < classes; j++)
            {
                for (int k = 1; k < _columns; k++)
                {
                    raw[(j * _columns) + k] /= _scales[k - 1];
                    raw[j * _columns] -= raw[(j * _columns) + k] * _centres[k - 1];
                }
            }

            return raw;
        }
    }

    /// <summary>Learns from a row.</summary>
    /// <returns>Its loss before.</returns>
    public double Learn(double[] row, int label)
    {
        if (_kept.Count >= WarmUpRows)
        {
            return Move(row, label);
        }

        double loss = PlainSoftmax.Loss(PlainSoftmax.Scores(_start, row), label);
        _kept.Add((row, label));
        if (_kept.Count == WarmUpRows)
        {
            Measure();
            _kept.ForEach(kept => Move(kept.Row, kept.Label));
        }

        return loss;
    }

    private double[] Between()
    {
        double share = 1 / (1 + Math.Exp(-_advantage));
        return [.. _start.Zip(_learned, (a, b) => ((1 - share) * a) + (share * b))];
    }

    private void Measure()
    {
        double[][] predictions = [.. _kept.Select(kept => PlainSoftmax.Probabilities(PlainSoftmax.Scores(_start, kept.Row)))];
        double[] q = [.. Enumerable.Range(0, classes).Select(j => (predictions.Sum((double[] p) => p[j]) + (1.0 / classes)) / 65)];
        double within = (predictions.Sum((double[] p) => 1 - SquareSum(p)) + 1 - (1.0 / classes)) / 65;
        double rows = rowsOfStart * within / (1 - SquareSum(q));
        for (int k = 0; k < features; k++)
        {
            double[] column = [.. _kept.Select(kept => kept.Row[k]).Order()];
            _centres[k] = column[32];
            double[] nearest = [.. column.Select(x => Math.Abs(x - _centres[k])).Order().Take(58)];
            _scales[k] = Math.Sqrt(nearest.Average(d => d * d));
            if (_scales[k] == 0)
            {
                _scales[k] = Math.Sqrt(column.Average(x => (x - _centres[k]) * (x - _centres[k])));
            }
        }

        foreach (double[] weights in new[] { _start, _learned })
        {
            for (int j = 0; j < classes; j++)
            {
                for (int k = 1; k < _columns; k++)
                {
                    weights[j * _columns] += weights[(j * _columns) + k] * _centres[k - 1];
                    weights[(j * _columns) + k] *= _scales[k - 1];
                }
            }
        }

        _curvature = Matrix(classes * _columns, classes * _columns);
        for (int column = 0; column < _columns; column++)
        {
            double[] unit = new double[_columns];
            unit[column] = 1;
            Add(unit, q, rows);
        }
    }

    private double Move(double[] features, int label)
    {
        double[] z = [1, .. features.Select((x, k) => (x - _centres[k]) / _scales[k])];
        double loss = Loss(Between(), z, label);
        double lossOfLearned = Loss(_learned, z, label);
        double[] near = [1, .. z.Skip(1).Select((x, k) => Math.Clamp(x, -_reaches[k], _reaches[k]))];
        for (int k = 0; k < features.Length; k++)
        {
            _reaches[k] *= near[k + 1] == z[k + 1] ? 1 : 2;
        }

        double[] p = PlainSoftmax.Probabilities(Scores(_learned, z));
        double rowWeight = 1 + (_steps / rowsOfStart);
        Add(near, p, rowWeight);
        double[] step = Solve(near, [.. p.Select((x, j) => rowWeight * (x - (j == label ? 1 : 0)))]);
        double move = Scores(step, z).Max(Math.Abs);
        double factor = Math.Min(1, Math.Max(1, lossOfLearned / 2) / move);
        _advantage = Math.Clamp(_advantage + Loss(_start, z, label) - lossOfLearned, -4, 16);
        Subtract(step, factor);
        Penalise(rowWeight);
        _steps++;
        return loss;
    }

    private void Penalise(double rowWeight)
    {
        if (l2 > 0)
        {
            int k = 1 + (_steps % features);
            double[] unit = new double[_columns];
            unit[k] = 1 / _scales[k - 1];
            double[] raw = [.. Enumerable.Range(0, classes).Select(j => _learned[(j * _columns) + k] / _scales[k - 1])];
            Add(unit, [.. Enumerable.Repeat(1.0 / classes, classes)], rowWeight * classes * features * l2);
            Subtract(Solve(unit, [.. raw.Select(w => rowWeight * features * l2 * (w - raw.Average()))]), 1);
        }
    }

    private void Subtract(double[] step, double factor)
    {
        for (int i = 0; i < step.Length; i++)
        {
            _learned[i] -= factor * step[i];
        }
    }

    // The Hessian of a row's loss, or twice its diagonal.
    private void Add(double[] z, double[] p, double rowWeight)
    {
        for (int a = 0; a < classes * _columns; a++)
        {
            for (int b = 0; b < classes * _columns; b++)
            {
                int j = a / _columns;
                int l = b / _columns;
                double block = (j == l ? p[j] : 0) - (p[j] * p[l]);
                bool counts = !isDiagonal || a == b;
                _curvature[a][b] += counts ? (isDiagonal ? 2 : 1) * rowWeight * block * z[a % _columns] * z[b % _columns] : 0;
            }
        }
    }

    // By all classes the curvature is singular: class 0 stands still, and then the mean over the classes is taken off.
    private double[] Solve(double[] z, double[] residuals)
    {
        double[] gradient = [.. residuals.SelectMany(r => z.Select(x => r * x))];
        if (isDiagonal)
        {
            return [.. gradient.Select((g, i) => g / _curvature[i][i])];
        }

        int size = (classes - 1) * _columns;
        double[][] system = Matrix(size, size + 1);
        for (int a = 0; a < size; a++)
        {
            system[a][size] = gradient[a + _columns];
            for (int b = 0; b < size; b++)
            {
                system[a][b] = _curvature[a + _columns][b + _columns];
            }
        }

        double[] solution = [.. new double[_columns], .. PlainElimination.Solve(system)];
        double[] means = [.. Enumerable.Range(0, _columns).Select(k => Enumerable.Range(0, classes).Average(j => solution[(j * _columns) + k]))];
        return [.. solution.Select((x, i) => x - means[i % _columns])];
    }

    private static double SquareSum(double[] p) => p.Sum((double x) => x * x);

    private static double[][] Matrix(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];

    private static double Loss(double[] weights, double[] z, int label) => PlainSoftmax.Loss(Scores(weights, z), label);

    private static double[] Scores(double[] weights, double[] z) => PlainSoftmax.Scores(weights, z.AsSpan(1));
}
