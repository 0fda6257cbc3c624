using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Separability;

/// <summary>What a direction does to rows: one pass over them.</summary>
internal sealed class DirectionCheck
{
    private readonly int[] _separated;
    private readonly int[] _rows;
    private readonly int _classes;

    private DirectionCheck(int classes, double resolution)
    {
        Resolution = resolution;
        _classes = classes;
        _separated = new int[classes * classes];
        _rows = new int[classes];
    }

    /// <summary>Gets the share of the lengths of direction and row that a difference of two scores must exceed to be told from 0.</summary>
    public double Resolution { get; }

    /// <summary>Gets a value indicating whether no score of another class rises above that of the row's own, but for rounding.</summary>
    public bool IsSeparation { get; private set; } = true;

    /// <summary>Gets the number of rows that are strictly separated from every other class.</summary>
    public int SeparatedRows { get; private set; }

    /// <summary>Gets the number of rows that count.</summary>
    public int RowCount { get; private set; }

    /// <summary>Gets the smallest difference of the scores of two classes where it is not 0.</summary>
    public double SmallestMargin { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets a value indicating whether every row is strictly separated from every other class.</summary>
    public bool IsComplete => IsSeparation && SeparatedRows == RowCount;

    /// <summary>Gets a value indicating whether anything is separated.</summary>
    public bool SeparatesAny => IsSeparation && _separated.AsSpan().ContainsAnyExcept(0);

    /// <summary>Checks a direction.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="direction">The direction by the standardised features, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="resolution">The share of the lengths of direction and row that a difference of two scores must exceed to be told from 0.</param>
    public static DirectionCheck Create<T>(ConstraintReader<T> reader, ReadOnlySpan<double> direction, double resolution)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var check = new DirectionCheck(reader.Classes, resolution);
        double[] scores = new double[reader.Classes];
        double length = VectorAlgebra.Norm(direction);
        Predicate<int> isOf = reader.IsOf;
        foreach (int _ in reader.ReadAll())
        {
            ScalarSoftmax.Scores(direction, reader.Row, scores);
            check.Add(scores, reader.ClassIndex, isOf, resolution * length * VectorAlgebra.Norm(reader.Row));
        }

        return check;
    }

    /// <summary>Gets the number of rows of a class.</summary>
    public int RowsOf(int classIndex) => _rows[classIndex];

    /// <summary>Gets the number of rows of a class that are strictly separated from another.</summary>
    public int SeparatedFrom(int classIndex, int other) => _separated[(classIndex * _classes) + other];

    private void Add(double[] scores, int y, Predicate<int> isOf, double rounding)
    {
        RowCount++;
        _rows[y]++;
        int separated = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            double margin = scores[y] - scores[j];
            IsSeparation &= margin >= -rounding && (margin <= rounding || !isOf(j));
            if (margin > rounding)
            {
                separated++;
                _separated[(y * _classes) + j]++;
                SmallestMargin = Math.Min(SmallestMargin, margin);
            }
        }

        SeparatedRows += separated == scores.Length - 1 ? 1 : 0;
    }
}
