using System.Globalization;
using System.Numerics;
using System.Text;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Separability;

/// <summary>Finds a separation and names it.</summary>
internal sealed class SeparationReport
{
    // Two rows of a direction that agree to this share of it are the same condition.
    private const double SameCondition = 1e-6;
    private const int MostTerms = 4;

    private readonly ModelShape _shape;
    private readonly ColumnMoments _moments;
    private readonly DirectionCheck _check;
    private readonly ClassRanges _ranges;
    private readonly double[] _direction;
    private readonly List<SeparatedClasses> _classes = [];
    private readonly HashSet<(int Smaller, int Larger)> _named = [];

    private SeparationReport(ModelShape shape, ColumnMoments moments, DirectionCheck check, ClassRanges ranges, double[] direction)
    {
        _shape = shape;
        _moments = moments;
        _check = check;
        _ranges = ranges;
        _direction = direction;
    }

    private int Columns => _shape.Features + 1;

    /// <summary>Finds the separation of rows.</summary>
    /// <returns>The separation; null when there is none.</returns>
    public static Separation? Find<T>(RowStore<T> rows, TargetShares shares, ColumnMoments moments, ModelShape shape, ReadOnlySpan<double> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var reader = new ConstraintReader<T>(rows, shares, moments);
        if ((OfWeights(reader, weights) ?? OfSearch(reader)) is not (double[] direction, DirectionCheck check))
        {
            return null;
        }

        VectorAlgebra.Scale(1 / check.SmallestMargin, direction, direction);
        reader.ToRaw(direction);
        return new SeparationReport(shape, RobustMoments.Estimate(rows, moments), check, ClassRanges.Create(reader), direction).Create();
    }

    private static (double[] Direction, DirectionCheck Check)? OfWeights<T>(ConstraintReader<T> reader, ReadOnlySpan<double> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (weights.IsEmpty)
        {
            return null;
        }

        double[] direction = weights.ToArray();
        reader.ToStandardized(direction);
        var check = DirectionCheck.Create(reader, direction, NearestPoint.RoundingIn(direction.Length));
        return check.IsComplete ? (direction, check) : null;
    }

    private static (double[] Direction, DirectionCheck Check)? OfSearch<T>(ConstraintReader<T> reader)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (new SeparationSearch<T>(reader).Find(out double resolution) is not double[] direction)
        {
            return null;
        }

        var check = DirectionCheck.Create(reader, direction, resolution);
        return check.SeparatesAny ? (direction, check) : null;
    }

    private Separation Create()
    {
        if (_shape.Classes == 2)
        {
            // Of two classes the one with more rows beyond the boundary is named first.
            int subject = _check.SeparatedFrom(1, 0) > _check.SeparatedFrom(0, 1) ? 1 : 0;
            NamePair(subject, 1 - subject);
        }
        else
        {
            for (int j = 0; j < _shape.Classes; j++)
            {
                NameAgainstOthers(j);
            }

            for (int j = 0; j < _shape.Classes; j++)
            {
                for (int other = j + 1; other < _shape.Classes; other++)
                {
                    NamePair(j, other);
                }
            }
        }

        return new Separation(_direction)
        {
            IsComplete = _check.IsComplete,
            SeparatedRows = _check.SeparatedRows,
            RowCount = _check.RowCount,
            Classes = _classes.AsReadOnly(),
            EmptyClasses = Array.AsReadOnly([.. Enumerable.Range(0, _shape.Classes).Where(j => _check.RowsOf(j) == 0).Select(_shape.ClassName)]),
        };
    }

    private void NameAgainstOthers(int j)
    {
        int[] others = [.. Enumerable.Range(0, _shape.Classes).Where(other => other != j && _check.RowsOf(other) > 0)];
        if (_check.RowsOf(j) == 0 || others.Length == 0 || !others.All(other => Separates(j, other)))
        {
            return;
        }

        int strict = _check.SeparatedFrom(j, others[0]) + others.Sum(other => _check.SeparatedFrom(other, j));
        int rows = _check.RowsOf(j) + others.Sum(_check.RowsOf);
        bool isNamed = AddThresholds(_ranges.AgainstOthers(j), j, null, strict);
        if (!isNamed && others.All(other => HaveSameDirection(other, others[0])))
        {
            AddCombination(j, others[0], isOnlyOther: false, strict, rows - strict);
            isNamed = true;
        }

        if (isNamed)
        {
            foreach (int other in others)
            {
                _named.Add((Math.Min(j, other), Math.Max(j, other)));
            }
        }
    }

    private void NamePair(int j, int other)
    {
        if (_named.Contains((Math.Min(j, other), Math.Max(j, other))) || _check.RowsOf(j) == 0 || _check.RowsOf(other) == 0 || !Separates(j, other))
        {
            return;
        }

        int strict = _check.SeparatedFrom(j, other) + _check.SeparatedFrom(other, j);
        if (!AddThresholds(_ranges.Between(j, other), j, other, strict))
        {
            AddCombination(j, other, isOnlyOther: true, strict, _check.RowsOf(j) + _check.RowsOf(other) - strict);
        }
    }

    private bool Separates(int j, int other) => _check.SeparatedFrom(j, other) + _check.SeparatedFrom(other, j) > 0;

    /// <summary>
    /// Adds the threshold with the widest gap, in deviations of the feature, or where none separates all rows those that do some.
    /// </summary>
    /// <returns>Whether one of them separates as many rows as the direction.</returns>
    private bool AddThresholds(IEnumerable<FeatureThreshold> found, int j, int? other, int strict)
    {
        FeatureThreshold[] thresholds = [.. found.Where(threshold => threshold.High == threshold.Low || Width(threshold) > Rounding(threshold))];
        FeatureThreshold? widest = thresholds.Where(threshold => threshold.BoundaryRows == 0).MaxBy(Width);
        if (widest is not null)
        {
            Add(widest, j, other);
            return true;
        }

        if (_check.IsComplete)
        {
            return false;
        }

        foreach (FeatureThreshold threshold in thresholds)
        {
            Add(threshold, j, other);
        }

        return thresholds.Any(threshold => threshold.SeparatedRows >= strict);
    }

    private double Width(FeatureThreshold threshold) => (threshold.High - threshold.Low) / _moments.Deviations[threshold.Feature];

    // Of a difference of two standardised values near the threshold, as the direction is checked: relative to the lengths of [1, z] and of the condition.
    private double Rounding(FeatureThreshold threshold)
    {
        double z = (threshold.Value - _moments.Means[threshold.Feature]) / _moments.Deviations[threshold.Feature];
        return _check.Resolution * (1 + (z * z));
    }

    private void Add(FeatureThreshold threshold, int j, int? other)
    {
        double[] weights = new double[Columns];
        weights[0] = threshold.IsBelow ? threshold.Value : -threshold.Value;
        weights[threshold.Feature + 1] = threshold.IsBelow ? -1 : 1;
        string sign = threshold.IsBelow ? "<" : ">";
        _classes.Add(new SeparatedClasses(weights, Invariant($"{_shape.FeatureName(threshold.Feature)} {sign} {threshold.Value:R}"))
        {
            Label = _shape.Label(j),
            ClassName = _shape.ClassName(j),
            OtherLabel = other is null ? null : _shape.Label(other.Value),
            OtherClassName = other is int index ? _shape.ClassName(index) : null,
            Feature = threshold.Feature,
            Threshold = threshold.Value,
            SeparatedRows = threshold.SeparatedRows,
            BoundaryRows = threshold.BoundaryRows,
        });
    }

    private void AddCombination(int j, int other, bool isOnlyOther, int separatedRows, int boundaryRows)
    {
        double[] weights = new double[Columns];
        VectorAlgebra.Subtract(DirectionOf(j), DirectionOf(other), weights);
        _classes.Add(new SeparatedClasses(weights, Combination(weights))
        {
            Label = _shape.Label(j),
            ClassName = _shape.ClassName(j),
            OtherLabel = isOnlyOther ? _shape.Label(other) : null,
            OtherClassName = isOnlyOther ? _shape.ClassName(other) : null,
            Feature = null,
            Threshold = null,
            SeparatedRows = separatedRows,
            BoundaryRows = boundaryRows,
        });
    }

    private Span<double> DirectionOf(int classIndex) => _direction.AsSpan(classIndex * Columns, Columns);

    // A standardised weight is what a deviation of its feature does to the score.
    private double Effect(double[] weights, int feature) => weights[feature + 1] * _moments.Deviations[feature];

    private bool HaveSameDirection(int j, int other)
    {
        double[] difference = new double[Columns];
        VectorAlgebra.Subtract(DirectionOf(j), DirectionOf(other), difference);
        double[] first = DirectionOf(j).ToArray();
        double largest = Enumerable.Range(0, _shape.Features).Max(k => Math.Abs(Effect(first, k)));
        return Enumerable.Range(0, _shape.Features).All(k => Math.Abs(Effect(difference, k)) <= SameCondition * largest);
    }

    /// <summary>Writes a combination out, the features that matter most first, scaled so that the first has the factor 1 or -1.</summary>
    private string Combination(double[] weights)
    {
        double largest = Enumerable.Range(0, _shape.Features).Max(k => Math.Abs(Effect(weights, k)));
        int[] terms =
        [
            .. Enumerable.Range(0, _shape.Features)
                .Where(k => Math.Abs(Effect(weights, k)) > SameCondition * largest)
                .OrderByDescending(k => Math.Abs(Effect(weights, k))),
        ];
        double scale = Math.Abs(weights[terms[0] + 1]);
        if (terms is [int only])
        {
            return Invariant($"{_shape.FeatureName(only)} {(weights[only + 1] < 0 ? "<" : ">")} {-weights[0] / weights[only + 1]:G4}");
        }

        var text = new StringBuilder();
        foreach (int k in terms.Take(MostTerms))
        {
            double factor = weights[k + 1] / scale;
            string sign = factor < 0 ? "-" : "+";
            text.Append(text.Length == 0 ? (factor < 0 ? "-" : "") : $" {sign} ");
            text.Append(Math.Abs(factor) == 1 ? "" : Invariant($"{Math.Abs(factor):G4} ")).Append(_shape.FeatureName(k));
        }

        if (terms.Length > MostTerms)
        {
            text.Append(CultureInfo.InvariantCulture, $" and {terms.Length - MostTerms} smaller terms");
        }

        return text.Append(CultureInfo.InvariantCulture, $" > {-weights[0] / scale:G4}").ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
