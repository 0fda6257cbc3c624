using System.Runtime.CompilerServices;

namespace SoftmaxGen.Online;

/// <summary>The number of an enum's value, whatever integer it is stored as; without boxing.</summary>
internal static class EnumNumber
{
    /// <summary>Gets the number of a label.</summary>
    /// <typeparam name="TLabel">The enum.</typeparam>
    /// <param name="label">The label.</param>
    /// <returns>Its number; beyond the range of <see cref="int"/> the end of that range, which is the label of no class.</returns>
    public static int Of<TLabel>(TLabel label)
        where TLabel : unmanaged, Enum => Type.GetTypeCode(typeof(TLabel)) switch
    {
        TypeCode.SByte => Unsafe.BitCast<TLabel, sbyte>(label),
        TypeCode.Byte => Unsafe.BitCast<TLabel, byte>(label),
        TypeCode.Int16 => Unsafe.BitCast<TLabel, short>(label),
        TypeCode.UInt16 => Unsafe.BitCast<TLabel, ushort>(label),
        TypeCode.Int32 => Unsafe.BitCast<TLabel, int>(label),
        TypeCode.UInt32 => int.CreateSaturating(Unsafe.BitCast<TLabel, uint>(label)),
        TypeCode.Int64 => int.CreateSaturating(Unsafe.BitCast<TLabel, long>(label)),
        _ => int.CreateSaturating(Unsafe.BitCast<TLabel, ulong>(label)),
    };
}
