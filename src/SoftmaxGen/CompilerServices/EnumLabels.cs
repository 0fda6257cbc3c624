using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>Labels of an enum that is not stored as <see cref="int"/>, as the numbers that training knows. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EnumLabels
{
    /// <inheritdoc cref="ToNumbers{TLabel, TNumber}(ReadOnlySpan{TLabel}, int, int, string, int)"/>
    public static int[] ToNumbers<TLabel, TNumber>(ReadOnlySpan<TLabel> labels, int firstLabel, int classes, string parameterName)
        where TLabel : unmanaged, Enum
        where TNumber : unmanaged, IBinaryInteger<TNumber> =>
        ToNumbers<TLabel, TNumber>(labels, firstLabel, classes, parameterName, firstRow: 0);

    /// <summary>Converts labels, each of which must name a class.</summary>
    /// <typeparam name="TLabel">The enum.</typeparam>
    /// <typeparam name="TNumber">Its underlying type.</typeparam>
    /// <param name="labels">The labels.</param>
    /// <param name="firstLabel">The label of the first class.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <param name="firstRow">The number of the first row among those of the argument.</param>
    /// <returns>The labels' numbers.</returns>
    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    public static int[] ToNumbers<TLabel, TNumber>(ReadOnlySpan<TLabel> labels, int firstLabel, int classes, string parameterName, int firstRow)
        where TLabel : unmanaged, Enum
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        ReadOnlySpan<TNumber> values = MemoryMarshal.Cast<TLabel, TNumber>(labels);
        int lastLabel = firstLabel + (classes - 1);
        int[] numbers = new int[values.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            // Saturated, a value beyond int is still beyond the classes, or is not the number it came from.
            int number = int.CreateSaturating(values[row]);
            if (number < firstLabel || number > lastLabel || TNumber.CreateTruncating(number) != values[row])
            {
                throw Refusal.Argument($"The label of row {firstRow + row} is {values[row]}; labels run from {firstLabel} to {lastLabel}.", parameterName);
            }

            numbers[row] = number;
        }

        return numbers;
    }

    /// <inheritdoc cref="ToNumbers{TLabel, TNumber}(ReadOnlySpan{TLabel}, ModelShape, string, int)"/>
    public static int[] ToNumbers<TLabel, TNumber>(ReadOnlySpan<TLabel> labels, ModelShape shape, string parameterName)
        where TLabel : unmanaged, Enum
        where TNumber : unmanaged, IBinaryInteger<TNumber> =>
        ToNumbers<TLabel, TNumber>(labels, shape, parameterName, firstRow: 0);

    /// <summary>Converts labels, each of which must be one of those that the model lists.</summary>
    /// <typeparam name="TLabel">The enum.</typeparam>
    /// <typeparam name="TNumber">Its underlying type.</typeparam>
    /// <param name="labels">The labels.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <param name="firstRow">The number of the first row among those of the argument.</param>
    /// <returns>The labels' numbers.</returns>
    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    public static int[] ToNumbers<TLabel, TNumber>(ReadOnlySpan<TLabel> labels, ModelShape shape, string parameterName, int firstRow)
        where TLabel : unmanaged, Enum
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        ReadOnlySpan<TNumber> values = MemoryMarshal.Cast<TLabel, TNumber>(labels);
        int[] numbers = new int[values.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = int.CreateSaturating(values[row]);
            if (TNumber.CreateTruncating(numbers[row]) != values[row] || shape.IndexOf(numbers[row]) < 0)
            {
                throw Guard.UnknownLabel(values[row], firstRow + row, shape, parameterName);
            }
        }

        return numbers;
    }
}
