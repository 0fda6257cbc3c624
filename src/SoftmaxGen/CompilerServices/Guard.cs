using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>The checks at the public edge of a generated model: kernels run unchecked behind them. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    private const int FewLabels = 1024;

    /// <summary>Checks the length of a span.</summary>
    /// <param name="actual">The length found.</param>
    /// <param name="expected">The length needed.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int actual, long expected, string parameterName)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, parameterName);
        }
    }

    /// <summary>Checks that what is written does not lie where something is read: a kernel may write before it has read everything.</summary>
    /// <typeparam name="T">The type of both.</typeparam>
    /// <param name="input">What is read.</param>
    /// <param name="output">What is written.</param>
    /// <param name="outputName">The name of the argument that is written.</param>
    /// <param name="inputName">The name of the argument that is read.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> output, string outputName, string inputName)
    {
        if (input.Overlaps(output))
        {
            ThrowOverlap(outputName, inputName);
        }
    }

    /// <summary>Checks what a kernel adds up over packed rows: it relies on all lengths.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="weights">The weights.</param>
    /// <param name="parameterCount">Their number, <c>C * (m+1)</c>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="features">The features of a row, <c>m</c>.</param>
    /// <param name="sum">The sum to add to.</param>
    /// <param name="length">Its length.</param>
    /// <param name="sumName">The name of its argument.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Accumulation<T>(
        ReadOnlySpan<double> weights, int parameterCount, PackedRows<T> rows, int features, ReadOnlySpan<double> sum, int length, string sumName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Length(weights.Length, parameterCount, nameof(weights));
        Length(rows.FeatureCount, features, nameof(rows));
        Length(sum.Length, length, sumName);
    }

    /// <summary>Checks the sizes that the library reserves scratch by, since anyone may implement a plan. The JIT knows them, and drops the checks.</summary>
    /// <exception cref="InvalidOperationException">A size is none that the generator plans.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Plan<TPlan>()
        where TPlan : struct, IKernelPlan
    {
        if (TPlan.Classes is < 2 or > BlockLayout.MostClasses
            || TPlan.Features is < 1 or > BlockLayout.MostFeatures
            || TPlan.Classes * (TPlan.Features + 1L) > BlockLayout.MostParameters
            || TPlan.TileBlocks is < BlockLayout.GroupBlocks or > BlockLayout.MostTileBlocks
            || TPlan.RowMajorTileBlocks < BlockLayout.GroupBlocks
            || TPlan.RowMajorTileBlocks > TPlan.TileBlocks
            || TPlan.TileBlocks % BlockLayout.GroupBlocks != 0
            || TPlan.RowMajorTileBlocks % BlockLayout.GroupBlocks != 0
            || (uint)TPlan.BatchBlocks > BlockLayout.MostTileBlocks
            || TPlan.SumStride is not (1 or BlockLayout.VectorBytes / sizeof(double))
            || TPlan.HessianStride is not (0 or 1 or BlockLayout.VectorBytes / sizeof(double)))
        {
            ThrowPlan();
        }
    }

    /// <summary>Checks what is to be reserved on the stack, in doubles: more would end the process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Stack(int doubles)
    {
        if ((uint)doubles > (BlockLayout.MostScratchBytes / sizeof(double)) + Scratch.Slack)
        {
            ThrowPlan();
        }

        return doubles;
    }

    /// <summary>Checks that a span is not too long.</summary>
    /// <param name="actual">The length found.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentException">The span is longer.</exception>
    public static void AtMost(int actual, int most, string parameterName)
    {
        if (actual > most)
        {
            throw Refusal.Argument($"The length is {actual}; it must be at most {most}.", parameterName);
        }
    }

    /// <summary>Checks a probability that something is to have at least.</summary>
    /// <typeparam name="T">The type of probabilities.</typeparam>
    /// <param name="value">The probability.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN, negative or more than 1.</exception>
    public static void Probability<T>(T value, string parameterName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(value >= T.Zero && value <= T.One))
        {
            throw new ArgumentOutOfRangeException(parameterName, value, "A probability lies between 0 and 1.");
        }
    }

    /// <summary>Checks that row-major rows are whole, and counts them.</summary>
    /// <param name="length">The length of the rows' span.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of the features.</exception>
    public static int WholeRows(int length, int features, string parameterName)
    {
        (int rows, int rest) = int.DivRem(length, features);
        if (rest != 0)
        {
            ThrowPartialRow(length, features, parameterName);
        }

        return rows;
    }

    /// <summary>Checks that row-major rows are whole, that there is at least one, and counts them.</summary>
    /// <param name="length">The length of the rows' span.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The number of rows, at least 1.</returns>
    /// <exception cref="ArgumentException">There is no row, or the length is not a multiple of the features.</exception>
    public static int AtLeastOneRow(int length, int features, string parameterName)
    {
        int rows = WholeRows(length, features, parameterName);
        if (rows == 0)
        {
            throw new ArgumentException("There must be at least one row.", parameterName);
        }

        return rows;
    }

    /// <summary>Checks that a row is there.</summary>
    /// <param name="row">The row.</param>
    /// <param name="index">Its number among those of the argument.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentNullException">The row is null.</exception>
    public static void RowNotNull([NotNull] object? row, int index, string parameterName)
    {
        if (row is null)
        {
            throw new ArgumentNullException(parameterName, string.Create(CultureInfo.InvariantCulture, $"Row {index} is null."));
        }
    }

    /// <summary>Counts the features of all rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The length of a span that holds them.</returns>
    /// <exception cref="ArgumentException">They are more than one array holds.</exception>
    public static int TotalLength(int rows, int features, string parameterName)
    {
        long length = rows * (long)features;
        if (length > Array.MaxLength)
        {
            throw Refusal.Argument($"{rows} rows of {features} features are {length} numbers; one array holds {Array.MaxLength}.", parameterName);
        }

        return (int)length;
    }

    /// <summary>Checks that every weight is finite.</summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite.</exception>
    public static void Finite<T>(ReadOnlySpan<T> weights, string parameterName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = FiniteScan.FirstNonFinite(weights);
        if (index >= 0)
        {
            ThrowWeight(weights[index], index, parameterName);
        }
    }

    /// <summary>Checks that moments, where there are any, are those of the model's features.</summary>
    /// <param name="moments">The moments; may be null.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentException">The moments are those of another number of features.</exception>
    public static void Moments(FeatureMoments? moments, int features, string parameterName)
    {
        if (moments is not null && moments.Means.Length != features)
        {
            throw Refusal.Argument($"The moments are those of {moments.Means.Length} features; the model has {features}.", parameterName);
        }
    }

    /// <summary>Checks that every feature of every row is finite.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="shape">The model's constants: the features of a row, and their names for the message.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <param name="firstRow">The number of the first row among those of the argument.</param>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static void FiniteRows<T>(ReadOnlySpan<T> rows, ModelShape shape, string parameterName, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = FiniteScan.FirstNonFinite(rows);
        if (index >= 0)
        {
            throw Refusal.Argument($"{FeatureAt(index, shape, firstRow)} is {rows[index]}; every feature must be finite.", parameterName);
        }
    }

    /// <summary>Checks that every feature is within the range of single precision.</summary>
    /// <exception cref="ArgumentException">A feature is not.</exception>
    internal static void SingleRows<T>(ReadOnlySpan<T> rows, ModelShape shape, string parameterName, int firstRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (!float.IsFinite(float.CreateTruncating(rows[i])))
            {
                throw Refusal.Argument($"{FeatureAt(i, shape, firstRow)} is {rows[i]}, beyond the range of single precision.", parameterName);
            }
        }
    }

    /// <summary>Throws because a score of a row is not finite: because a feature is not, or because the score overflows.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="shape">The model's constants: the features of a row, and their names for the message.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <param name="firstRow">The number of the first row among those of the argument.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ThrowScores<T>(ReadOnlySpan<T> rows, ReadOnlySpan<T> weights, ModelShape shape, string parameterName, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FiniteRows(rows, shape, parameterName, firstRow);
        int row = firstRow + LargestScores.RowOf(rows, weights, shape.Features);
        throw Refusal.Argument($"A score of row {row} overflows; features and weights are too large.", parameterName);
    }

    /// <summary>Checks that every row weight is finite and not negative.</summary>
    /// <exception cref="ArgumentException">A row weight is negative, NaN or infinite.</exception>
    internal static void RowWeights<T>(ReadOnlySpan<T> rowWeights, string parameterName, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rowWeights.Length; row++)
        {
            if (!(rowWeights[row] >= T.Zero) || T.IsPositiveInfinity(rowWeights[row]))
            {
                throw Refusal.Argument($"The weight of row {firstRow + row} is {rowWeights[row]}; it must be finite and not negative.", parameterName);
            }
        }
    }

    /// <inheritdoc cref="Labels(ReadOnlySpan{int}, int, int, string, int)"/>
    public static void Labels(ReadOnlySpan<int> labels, int firstLabel, int classes, string parameterName) =>
        Labels(labels, firstLabel, classes, parameterName, firstRow: 0);

    /// <summary>Checks that every label names a class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="firstLabel">The label of the first class.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <param name="firstRow">The number of the first row among those of the argument.</param>
    /// <exception cref="ArgumentException">A label is out of range.</exception>
    public static void Labels(ReadOnlySpan<int> labels, int firstLabel, int classes, string parameterName, int firstRow)
    {
        if (AllInRange(labels, firstLabel, classes))
        {
            return;
        }

        for (int row = 0; row < labels.Length; row++)
        {
            if (!IsInRange(labels[row], firstLabel, classes))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The label of row {firstRow + row} is {labels[row]}; labels run from {firstLabel} to {firstLabel + classes - 1}.") +
                    FirstLabelAdvice(labels, classes),
                    parameterName);
            }
        }
    }

    /// <inheritdoc cref="Labels(ReadOnlySpan{int}, ModelShape, string, int)"/>
    public static void Labels(ReadOnlySpan<int> labels, ModelShape shape, string parameterName) => Labels(labels, shape, parameterName, firstRow: 0);

    /// <summary>Checks that every label names a class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="shape">The model's constants: the labels that there are.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <param name="firstRow">The number of the first row among those of the argument.</param>
    /// <exception cref="ArgumentException">A label is that of no class.</exception>
    public static void Labels(ReadOnlySpan<int> labels, ModelShape shape, string parameterName, int firstRow)
    {
        if (shape.Labels.Count == 0)
        {
            Labels(labels, shape.FirstLabel, shape.Classes, parameterName, firstRow);
            return;
        }

        for (int row = 0; row < labels.Length; row++)
        {
            if (shape.IndexOf(labels[row]) < 0)
            {
                throw UnknownLabel(labels[row], firstRow + row, shape, parameterName);
            }
        }
    }

    /// <summary>Copies labels and checks the copy: labels that are read more than once may be written by another thread meanwhile.</summary>
    /// <exception cref="ArgumentException">A label is that of no class.</exception>
    internal static int[] CopyOfLabels(ReadOnlySpan<int> labels, ModelShape shape, string parameterName)
    {
        int[] copy = labels.ToArray();
        Labels(copy, shape, parameterName);
        return copy;
    }

    /// <summary>Makes the exception of a label that is that of no class.</summary>
    internal static ArgumentException UnknownLabel<TNumber>(TNumber label, int row, ModelShape shape, string parameterName) => new(
        string.Create(CultureInfo.InvariantCulture, $"The label of row {row} is {label}; {shape.LabelsText}."), parameterName);

    // Labels that are as many as the classes and follow one another are right, and counted from elsewhere: from 1, most of the time.
    private static string FirstLabelAdvice(ReadOnlySpan<int> labels, int classes)
    {
        int smallest = int.MaxValue;
        int largest = int.MinValue;
        foreach (int label in labels)
        {
            smallest = Math.Min(smallest, label);
            largest = Math.Max(largest, label);
        }

        return (long)largest - smallest == classes - 1
            ? string.Create(
                CultureInfo.InvariantCulture, $" These run from {smallest} to {largest}: declare the model with FirstLabel = {smallest}.")
            : "";
    }

    // Few labels go without vectors, the first of which cost a process a millisecond.
    private static bool AllInRange(ReadOnlySpan<int> labels, int firstLabel, int classes)
    {
        if (labels.Length > FewLabels)
        {
            return ManyInRange(labels, firstLabel, classes);
        }

        uint largest = 0;
        foreach (int label in labels)
        {
            largest = Math.Max(largest, unchecked((uint)(label - firstLabel)));
        }

        return largest < (uint)classes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool ManyInRange(ReadOnlySpan<int> labels, int firstLabel, int classes)
    {
        ReadOnlySpan<Vector<int>> vectors = MemoryMarshal.Cast<int, Vector<int>>(labels);
        var first = new Vector<int>(firstLabel);
        var largest = Vector<uint>.Zero;
        foreach (Vector<int> vector in vectors)
        {
            largest = Vector.Max(Vector.AsVectorUInt32(vector - first), largest);
        }

        if (Vector.GreaterThanOrEqualAny(largest, new Vector<uint>((uint)classes)))
        {
            return false;
        }

        foreach (int label in labels[(vectors.Length * Vector<int>.Count)..])
        {
            if (!IsInRange(label, firstLabel, classes))
            {
                return false;
            }
        }

        return true;
    }

    // One comparison: a label below the first wraps round to a large number.
    private static bool IsInRange(int label, int firstLabel, int classes) => unchecked((uint)(label - firstLabel)) < (uint)classes;

    [DoesNotReturn]
    private static void ThrowPlan() => throw new InvalidOperationException("These are no sizes that the generator plans.");

    [DoesNotReturn]
    private static void ThrowLength(int actual, long expected, string parameterName) =>
        throw Refusal.Argument($"The length is {actual}; it must be {expected}.", parameterName);

    [DoesNotReturn]
    private static void ThrowWeight<T>(T weight, int index, string parameterName) =>
        throw Refusal.Argument($"Weight {index} is {weight}; every weight must be finite.", parameterName);

    [DoesNotReturn]
    private static void ThrowOverlap(string outputName, string inputName) =>
        throw new ArgumentException($"It overlaps '{inputName}', which is read while it is written; pass memory of its own.", outputName);

    [DoesNotReturn]
    private static void ThrowPartialRow(int length, int features, string parameterName) =>
        throw Refusal.Argument($"The length is {length}; it must be a multiple of the {features} features of a row.", parameterName);

    private static string FeatureAt(int index, ModelShape shape, int firstRow)
    {
        (int row, int feature) = int.DivRem(index, shape.Features);
        string name = shape.FeatureNames.Count == 0 ? "" : $" ({shape.FeatureNames[feature]})";
        return string.Create(CultureInfo.InvariantCulture, $"Feature {feature}{name} of row {firstRow + row}");
    }
}
