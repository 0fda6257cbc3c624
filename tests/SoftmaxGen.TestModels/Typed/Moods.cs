namespace SoftmaxGen.TestModels.Typed;

/// <summary>An enum over a narrow type, from below zero, not declared in the order of its values.</summary>
internal enum Mood : sbyte
{
    Good = -1,
    Bad = -3,
    Fair,
}

/// <summary>A member of every type that can be a feature.</summary>
internal struct Readings
{
    public sbyte SByte;
    public byte Byte;
    public short Int16;
    public ushort UInt16;
    public int Int32;
    public uint UInt32;
    public long Int64;
    public ulong UInt64;
    public nint IntPtr;
    public nuint UIntPtr;
    public Half Half;
    public float Single;
    public double Double;
    public decimal Decimal;
    public bool Boolean;

    [Label]
    public Mood Mood;
}

[SoftmaxModel<Mood, Readings>]
internal sealed partial class MoodModel;
