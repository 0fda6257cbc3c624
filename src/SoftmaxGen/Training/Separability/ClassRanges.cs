using System.Numerics;

namespace SoftmaxGen.Training.Separability;

/// <summary>Where each feature of each class lies, and which thresholds tell classes apart.</summary>
internal sealed class ClassRanges
{
    private readonly int _classes;
    private readonly int _features;
    private readonly ValueRange[] _ranges;
    private readonly int[] _rows;

    private ClassRanges(int classes, int features)
    {
        _classes = classes;
        _features = features;
        _ranges = new ValueRange[classes * features];
        _rows = new int[classes];
        Array.Fill(_ranges, ValueRange.Empty);
    }

    /// <summary>Measures rows. A row of several classes counts for each of them.</summary>
    public static ClassRanges Create<T>(ConstraintReader<T> reader)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ranges = new ClassRanges(reader.Classes, reader.Columns - 1);
        double[] features = new double[reader.Columns - 1];
        foreach (int row in reader.ReadAll())
        {
            reader.ReadFeatures(row, features);
            for (int j = 0; j < reader.Classes; j++)
            {
                if (reader.IsOf(j))
                {
                    ranges.Add(j, features);
                }
            }
        }

        return ranges;
    }

    /// <summary>Finds the thresholds that separate a class from all others.</summary>
    /// <returns>The thresholds, the first feature's first.</returns>
    public IEnumerable<FeatureThreshold> AgainstOthers(int classIndex)
    {
        int[] others = [.. Enumerable.Range(0, _classes).Where(j => j != classIndex)];
        return Thresholds(classIndex, others);
    }

    /// <summary>Finds the thresholds that separate two classes.</summary>
    /// <returns>The thresholds, the first feature's first.</returns>
    public IEnumerable<FeatureThreshold> Between(int classIndex, int other) => Thresholds(classIndex, [other]);

    private void Add(int classIndex, double[] features)
    {
        _rows[classIndex]++;
        for (int k = 0; k < features.Length; k++)
        {
            ref ValueRange range = ref _ranges[(classIndex * _features) + k];
            range = range.With(new ValueRange(features[k], features[k], 1, 1));
        }
    }

    private IEnumerable<FeatureThreshold> Thresholds(int classIndex, int[] others)
    {
        int rows = _rows[classIndex] + others.Sum(j => _rows[j]);
        for (int k = 0; k < _features; k++)
        {
            ValueRange range = _ranges[(classIndex * _features) + k];
            ValueRange rest = others.Aggregate(ValueRange.Empty, (union, j) => union.With(_ranges[(j * _features) + k]));
            if (range.Low > range.High || rest.Low > rest.High)
            {
                continue;
            }

            // Where the ranges touch and neither is a single value on its own the rows at the threshold are those that are not separated.
            int below = range.High < rest.Low ? 0 : range.AtHigh + rest.AtLow;
            int above = range.Low > rest.High ? 0 : range.AtLow + rest.AtHigh;
            if (range.High <= rest.Low && below < rows)
            {
                yield return new FeatureThreshold(k, range.High, rest.Low, IsBelow: true, rows - below, below);
            }
            else if (range.Low >= rest.High && above < rows)
            {
                yield return new FeatureThreshold(k, rest.High, range.Low, IsBelow: false, rows - above, above);
            }
        }
    }
}
