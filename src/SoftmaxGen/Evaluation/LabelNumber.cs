using System.Globalization;
using System.Runtime.CompilerServices;

namespace SoftmaxGen;

/// <summary>The numbers by which a model knows the labels of its enum.</summary>
internal static class LabelNumber
{
    /// <summary>Finds the class of a label.</summary>
    /// <typeparam name="TLabel">The enum.</typeparam>
    /// <param name="label">The label.</param>
    /// <param name="shape">The model's constants.</param>
    /// <returns>The index of the class; -1 when the label is none.</returns>
    public static int IndexOf<TLabel>(TLabel label, ModelShape shape)
        where TLabel : unmanaged, Enum => Value(label) is >= int.MinValue and <= int.MaxValue and long number ? shape.IndexOf((int)number) : -1;

    /// <summary>Converts labels.</summary>
    /// <typeparam name="TLabel">The enum.</typeparam>
    /// <param name="labels">The labels.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="parameterName">The name of the argument with the labels.</param>
    /// <returns>Their numbers.</returns>
    /// <exception cref="ArgumentException">A label is no class.</exception>
    public static int[] Of<TLabel>(ReadOnlySpan<TLabel> labels, ModelShape shape, string parameterName)
        where TLabel : unmanaged, Enum
    {
        int[] numbers = new int[labels.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            int index = IndexOf(labels[row], shape);
            numbers[row] = index >= 0
                ? shape.Label(index)
                : throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The label of row {row} is {labels[row]}, which is no class of the model."), parameterName);
        }

        return numbers;
    }

    private static long Value<TLabel>(TLabel label)
        where TLabel : unmanaged, Enum => Type.GetTypeCode(typeof(TLabel)) switch
    {
        TypeCode.SByte => Unsafe.BitCast<TLabel, sbyte>(label),
        TypeCode.Byte => Unsafe.BitCast<TLabel, byte>(label),
        TypeCode.Int16 => Unsafe.BitCast<TLabel, short>(label),
        TypeCode.UInt16 => Unsafe.BitCast<TLabel, ushort>(label),
        TypeCode.Int32 => Unsafe.BitCast<TLabel, int>(label),
        TypeCode.UInt32 => Unsafe.BitCast<TLabel, uint>(label),
        TypeCode.Int64 => Unsafe.BitCast<TLabel, long>(label),
        _ => (long)Math.Min(Unsafe.BitCast<TLabel, ulong>(label), long.MaxValue),
    };
}
