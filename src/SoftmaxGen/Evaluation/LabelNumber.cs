using System.Runtime.CompilerServices;

namespace SoftmaxGen;

/// <summary>The numbers by which a model knows the labels of its enum.</summary>
internal static class LabelNumber
{
    /// <summary>Finds the class of a label.</summary>
    /// <returns>The index of the class; -1 when the label is none.</returns>
    public static int IndexOf<TLabel>(TLabel label, ModelShape shape)
        where TLabel : unmanaged, Enum => Value(label) is >= int.MinValue and <= int.MaxValue and long number ? shape.IndexOf((int)number) : -1;

    /// <summary>Converts labels.</summary>
    /// <exception cref="ArgumentException">A label is no class.</exception>
    public static int[] Of<TLabel>(ReadOnlySpan<TLabel> labels, ModelShape shape, string parameterName, int firstRow = 0)
        where TLabel : unmanaged, Enum
    {
        int[] numbers = new int[labels.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            int index = IndexOf(labels[row], shape);
            numbers[row] = index >= 0
                ? shape.Label(index)
                : throw Refusal.Argument($"The label of row {firstRow + row} is {labels[row]}, which is no class of the model.", parameterName);
        }

        return numbers;
    }

    /// <summary>Converts the label of one class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is no class.</exception>
    public static int Of<TLabel>(TLabel label, ModelShape shape, string parameterName)
        where TLabel : unmanaged, Enum
    {
        int index = IndexOf(label, shape);
        return index >= 0
            ? shape.Label(index)
            : throw Refusal.OutOfRange(parameterName, label, $"The label is {label}, which is no class of the model.");
    }

    /// <summary>Gets the number of a label, whatever integer it is stored as; without boxing.</summary>
    /// <returns>Its number; beyond the range of <see cref="int"/> the end of that range.</returns>
    public static int Saturated<TLabel>(TLabel label)
        where TLabel : unmanaged, Enum => int.CreateSaturating(Value(label));

    /// <summary>Converts the number of a label back: to an enum, or to an <see cref="int"/> where labels are numbers.</summary>
    public static TLabel To<TLabel>(int number)
        where TLabel : unmanaged => Type.GetTypeCode(typeof(TLabel)) switch
    {
        TypeCode.SByte => Unsafe.BitCast<sbyte, TLabel>((sbyte)number),
        TypeCode.Byte => Unsafe.BitCast<byte, TLabel>((byte)number),
        TypeCode.Int16 => Unsafe.BitCast<short, TLabel>((short)number),
        TypeCode.UInt16 => Unsafe.BitCast<ushort, TLabel>((ushort)number),
        TypeCode.Int32 => Unsafe.BitCast<int, TLabel>(number),
        TypeCode.UInt32 => Unsafe.BitCast<uint, TLabel>((uint)number),
        TypeCode.Int64 => Unsafe.BitCast<long, TLabel>(number),
        _ => Unsafe.BitCast<ulong, TLabel>((ulong)number),
    };

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
