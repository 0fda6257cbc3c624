using System.Numerics;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Training.Separability;

/// <summary>
/// Looks for a direction <c>D</c> along which no row's loss ever rises and that of some rows falls for ever: the classes are then separated,
/// completely or quasi-completely, and the likelihood has no maximum (Albert and Anderson,
/// <i>On the existence of maximum likelihood estimates in logistic regression models</i>, Biometrika 71, 1984). Konis
/// (<i>Linear programming algorithms for detecting separated data in binary logistic regression models</i>, 2007) finds one by a linear program. Here
/// it is the nearest point of the constraints' convex hull to the origin, which separates strictly where anything does; where the origin lies within
/// the hull, the vectors around it hold with equality along every such <c>D</c>, and the search goes on at right angles to them. In the end <c>D</c>
/// separates every row strictly that can be.
/// <para>
/// A constraint is the vector <c>(e_y - e_j) z'</c>, divided by its length. Few of many decide: each pass over the rows adds those that the last
/// point violates most.
/// </para>
/// </summary>
internal sealed class SeparationSearch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A pass over the rows is dear against a step of the nearest point, and so are steps towards constraints that matter no more after the first.
    private const int MostAddedByPass = 32;

    private readonly ConstraintReader<T> _reader;
    private readonly Subspace _equalities = new();
    private readonly double[] _probe;
    private readonly double[] _normal;
    private readonly double[] _constraint;
    private readonly double[] _scores;
    private readonly double[] _probeScores;
    private readonly PriorityQueue<(int Row, int Other), double> _violated = new();
    private SplitMix64 _random = new(seed: 0);

    public SeparationSearch(ConstraintReader<T> reader)
    {
        _reader = reader;
        _probe = new double[reader.Classes * reader.Columns];
        _normal = new double[_probe.Length];
        _constraint = new double[_probe.Length];
        _scores = new double[reader.Classes];
        _probeScores = new double[reader.Classes];
    }

    /// <summary>Looks for a direction.</summary>
    /// <param name="resolution">
    /// Receives the share of the lengths of direction and row that a difference of two scores must exceed: below it is the rounding of the search.
    /// </param>
    /// <returns>The direction by the standardised features, of length 1, <c>C x (m+1)</c>, row-major; null when there is none.</returns>
    public double[]? Find(out double resolution)
    {
        var first = new NearestPoint(_normal.Length);
        resolution = 2 * first.Rounding;
        NearestPoint nearest = first;
        bool hasEqualities = SetEqual();
        while (true)
        {
            resolution = hasEqualities ? Subspace.Resolution : resolution;
            bool hasConstraints = Approach(nearest);
            if (!hasConstraints)
            {
                return null;
            }

            if (nearest.Distance > resolution)
            {
                nearest.CopyNormalTo(_normal);
                VectorAlgebra.Scale(1 / VectorAlgebra.Norm(_normal), _normal, _normal);
                return _normal;
            }

            if (!_equalities.Extend(nearest.Equalities(Subspace.Resolution)))
            {
                return null;
            }

            hasEqualities = true;
            nearest = new NearestPoint(_normal.Length);
        }
    }

    /// <summary>Brings the point to where it is nearest for all rows.</summary>
    /// <returns>Whether there are constraints outside of the equalities.</returns>
    private bool Approach(NearestPoint nearest)
    {
        bool hasConstraints = false;
        do
        {
            DrawProbe();
            nearest.CopyNormalTo(_normal);
            FindViolated(nearest.Margin, nearest.Rounding * nearest.Distance);
            while (_violated.TryDequeue(out (int Row, int Other) violated, out _))
            {
                hasConstraints = true;
                _reader.Read(violated.Row);
                SetConstraint(_reader.ClassIndex, violated.Other);
                _equalities.TakeOff(_constraint);
                nearest.Add(_constraint);
            }
        }
        while (nearest.Solve() && nearest.Distance > nearest.Rounding);

        return hasConstraints;
    }

    /// <summary>Keeps the constraints that the normal violates most, at most one of a row.</summary>
    private void FindViolated(double margin, double rounding)
    {
        foreach (int row in _reader.ReadAll())
        {
            ScalarSoftmax.Scores(_normal, _reader.Row, _scores);
            ScalarSoftmax.Scores(_probe, _reader.Row, _probeScores);
            int y = _reader.ClassIndex;
            double length = Length();
            double largest = rounding;
            int worst = -1;
            for (int j = 0; j < _scores.Length; j++)
            {
                double violation = margin - ((_scores[y] - _scores[j]) / length);
                if (violation > largest && !_reader.IsOf(j) && !IsEquality(y, j, length))
                {
                    (worst, largest) = (j, violation);
                }
            }

            if (worst < 0)
            {
                continue;
            }

            if (_violated.Count < MostAddedByPass)
            {
                _violated.Enqueue((row, worst), largest);
            }
            else
            {
                _violated.EnqueueDequeue((row, worst), largest);
            }
        }
    }

    /// <summary>A row of several classes holds their scores together.</summary>
    private bool SetEqual()
    {
        bool hasEqualities = false;
        DrawProbe();
        foreach (int _ in _reader.ReadAll())
        {
            for (int j = 0; j < _reader.Classes; j++)
            {
                if (j == _reader.ClassIndex || !_reader.IsOf(j))
                {
                    continue;
                }

                ScalarSoftmax.Scores(_probe, _reader.Row, _probeScores);
                hasEqualities = true;
                if (!IsEquality(_reader.ClassIndex, j, Length()))
                {
                    SetConstraint(_reader.ClassIndex, j);
                    _equalities.Extend([_constraint]);
                    DrawProbe();
                }
            }
        }

        return hasEqualities;
    }

    // A random vector of what the equalities leave is at right angles to a constraint only where nothing of the constraint is left.
    private void DrawProbe()
    {
        foreach (ref double element in _probe.AsSpan())
        {
            element = _random.NextSymmetric();
        }

        _equalities.TakeOff(_probe);
    }

    private bool IsEquality(int y, int j, double length) =>
        Math.Abs(_probeScores[y] - _probeScores[j]) <= Subspace.Resolution * length;

    private void SetConstraint(int y, int j)
    {
        Array.Clear(_constraint);
        VectorAlgebra.Scale(1 / Length(), _reader.Row, _constraint.AsSpan(y * _reader.Columns, _reader.Columns));
        VectorAlgebra.Scale(-1 / Length(), _reader.Row, _constraint.AsSpan(j * _reader.Columns, _reader.Columns));
    }

    // Of (e_y - e_j) z'.
    private double Length() => Math.Sqrt(2) * VectorAlgebra.Norm(_reader.Row);
}
