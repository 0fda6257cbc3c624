using System.Buffers.Binary;

namespace SoftmaxGen.Data.Arrow;

/// <summary>A table of FlatBuffers, whose places and lengths are looked at before they are believed. Its fields count from 0.</summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _position;

    private FlatTable(ReadOnlySpan<byte> bytes, int position)
    {
        _bytes = bytes;
        _position = position;
    }

    /// <summary>Gets the table that all others hang from.</summary>
    /// <exception cref="InvalidDataException">It lies outside of the bytes.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> bytes) => new FlatTable(bytes, 0).At(0);

    /// <summary>Gets a table that a field names.</summary>
    /// <exception cref="InvalidDataException">There is none, or it lies outside of the bytes.</exception>
    public FlatTable Table(int field) => Place(field) is var place and > 0 ? At(place) : throw new InvalidDataException($"a table has no field {field}");

    /// <summary>Gets the number of elements of a vector, all of which lie within the bytes.</summary>
    /// <returns>The number of elements; 0 where there is no vector.</returns>
    /// <exception cref="InvalidDataException">It does not lie within the bytes.</exception>
    public int Count(int field, int size)
    {
        if (Place(field) is var place && place == 0)
        {
            return 0;
        }

        int start = Follow(place);
        int count = Int32(start);
        return count >= 0 && count <= (_bytes.Length - start - sizeof(int)) / size
            ? count
            : throw new InvalidDataException($"a vector has {count} elements of {size} bytes, and {_bytes.Length} bytes are there");
    }

    /// <summary>Gets the bytes of a vector.</summary>
    /// <exception cref="InvalidDataException">It does not lie within the bytes.</exception>
    public ReadOnlySpan<byte> Vector(int field, int size) =>
        Count(field, size) is var count and > 0 ? _bytes.Slice(Follow(Place(field)) + sizeof(int), count * size) : [];

    /// <summary>Gets a table that an element of a vector names.</summary>
    /// <param name="field">The number of the field, from 0.</param>
    /// <param name="index">The index of the element, less than <see cref="Count"/>.</param>
    /// <exception cref="InvalidDataException">It lies outside of the bytes.</exception>
    public FlatTable Element(int field, int index) => At(Follow(Place(field)) + sizeof(int) + (index * sizeof(int)));

    /// <summary>Tells whether a field is there.</summary>
    public bool Has(int field) => Place(field) > 0;

    /// <summary>Gets a byte.</summary>
    /// <returns>The byte; 0 where there is none.</returns>
    public int Byte(int field) => Place(field) is var place and > 0 ? Slice(place, 1)[0] : 0;

    /// <summary>Gets a whole number of eight bytes.</summary>
    /// <returns>The number; 0 where there is none.</returns>
    public long Int64(int field) => Place(field) is var place and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(Slice(place, sizeof(long))) : 0;

    private FlatTable At(int place) => new(_bytes, Follow(place));

    // A place counts from where it is written, and always forwards: tables cannot hang from themselves.
    private int Follow(int place)
    {
        int distance = Int32(place);
        return distance > 0 && distance <= _bytes.Length - place
            ? place + distance
            : throw new InvalidDataException($"a place is {distance} bytes behind {place}");
    }

    // Where the fields of a table lie stands in another one, which may lie before or behind.
    private int Place(int field)
    {
        long layout = (long)_position - Int32(_position);
        if (layout < 0 || layout > _bytes.Length)
        {
            throw new InvalidDataException($"the layout of a table is at {layout}");
        }

        int entry = (int)layout + sizeof(uint) + (field * sizeof(ushort));
        if (sizeof(uint) + (field * sizeof(ushort)) >= UInt16((int)layout))
        {
            return 0;
        }

        int offset = UInt16(entry);
        return offset == 0 ? 0 : _position + offset;
    }

    private int Int32(int position) => BinaryPrimitives.ReadInt32LittleEndian(Slice(position, sizeof(int)));

    private int UInt16(int position) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(position, sizeof(ushort)));

    private ReadOnlySpan<byte> Slice(int position, int count) => position <= _bytes.Length - count
        ? _bytes.Slice(position, count)
        : throw new InvalidDataException($"a field at {position} lies outside of {_bytes.Length} bytes");
}
