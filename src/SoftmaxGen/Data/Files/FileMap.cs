using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Data.Files;

/// <summary>
/// A file of packed rows as memory that is only read. The system reads it piece by piece as it is asked for; a piece is checked when it is first asked for, and
/// whenever many pieces are in the memory of the process, all of them leave it: whoever still reads one finds it again in the cache of the system. Thread-safe.
/// </summary>
internal sealed unsafe class FileMap : IDisposable
{
    /// <summary>The bytes of a piece; the last one may be shorter.</summary>
    public const int PieceBytes = 1 << 20;

    // Whoever reads so much at once can wait for the system to tell how long the file is.
    private const long PageBytes = 4096;

    // Enough that leaving and coming back costs nothing beside the rows' arithmetic.
    private const int MostPieces = 64;

    private readonly FileStream _file;
    private readonly string _name;
    private readonly RowFileLayout _layout;
    private readonly ulong[] _sums;
    private readonly bool[] _isChecked;
    private readonly MemoryMappedFile _mapped;
    private readonly MemoryMappedViewAccessor _view;

    // Pieces of the present generation are in memory, and were checked.
    private readonly int[] _generations;
    private int _generation = 1;
    private int _present;

    /// <summary>Initializes a new instance of the <see cref="FileMap"/> class.</summary>
    /// <param name="file">The file, to be disposed of by the map; it must be as long as the layout at least.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="layout">What lies where.</param>
    /// <param name="sums">The checksum of each piece.</param>
    /// <param name="areChecked">Whether the pieces are known to be right.</param>
    /// <exception cref="IOException">The system does not map the file.</exception>
    public FileMap(FileStream file, string name, RowFileLayout layout, ulong[] sums, bool areChecked)
    {
        RequireAddresses(layout.Length, name);
        (_file, _name, _layout, _sums) = (file, name, layout, sums);
        _generations = new int[sums.Length];
        _isChecked = new bool[sums.Length];
        _isChecked.AsSpan().Fill(areChecked);
        _mapped = MemoryMappedFile.CreateFromFile(file, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _mapped.CreateViewAccessor(0, layout.Length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _mapped.Dispose();
            throw;
        }

        // No reference is taken: a set that nobody disposes of would never be unmapped.
        Address = _view.SafeMemoryMappedViewHandle.DangerousGetHandle();
        MemoryAdvice.ReadAhead((void*)Address, (nuint)layout.Length);
    }

    /// <summary>Gets where the file begins in memory.</summary>
    public nint Address { get; }

    /// <summary>Gets what lies where.</summary>
    public RowFileLayout Layout => _layout;

    /// <summary>Must be called before bytes are read.</summary>
    /// <exception cref="ModelFormatException">They are not the bytes that were written.</exception>
    public void Enter(long offset, long length)
    {
        if (length >= PageBytes)
        {
            RequireLength();
        }

        int last = (int)((offset + length - 1) / PieceBytes);
        for (int piece = (int)(offset / PieceBytes); piece <= last; piece++)
        {
            if (Volatile.Read(ref _generations[piece]) != Volatile.Read(ref _generation))
            {
                EnterPiece(piece);
            }
        }
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _mapped.Dispose();
        _file.Dispose();
    }

    private static void RequireAddresses(long length, string name)
    {
        if (!BitConverter.IsLittleEndian || length > nint.MaxValue)
        {
            throw new PlatformNotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"{name}: files of packed rows are mapped by processes that are little-endian and have {length} addresses."));
        }
    }

    // Behind the end of the file there is no memory: the process would be killed.
    private void RequireLength()
    {
        long found = RandomAccess.GetLength(_file.SafeFileHandle);
        if (found < _layout.Length)
        {
            throw Error($"The file has become shorter while it was read: it has {found} bytes, its rows take {_layout.Length}. Build it again of its rows.");
        }
    }

    private void EnterPiece(int piece)
    {
        RequireLength();
        if (!Volatile.Read(ref _isChecked[piece]))
        {
            Check(piece);
            Volatile.Write(ref _isChecked[piece], true);
        }

        if (Interlocked.Increment(ref _present) > MostPieces)
        {
            Volatile.Write(ref _present, 1);
            Interlocked.Increment(ref _generation);
            MemoryAdvice.Drop((void*)Address, (nuint)_layout.Length);
        }

        Volatile.Write(ref _generations[piece], Volatile.Read(ref _generation));
    }

    private void Check(int piece)
    {
        long start = (long)piece * PieceBytes;
        var whole = new FileSection(start, Math.Min(PieceBytes, _layout.Length - start));
        if (PieceChecksum.Of(Bytes(whole)) != _sums[piece])
        {
            throw Error(
                $"Bytes {whole.Offset} to {whole.End - 1} are not those that were written: the file is damaged. Copy it again, or build it again of its rows.");
        }

        // The right checksum of wrong numbers is no accident; still no class may be one that there is not.
        FileSection indices = whole.Intersect(_layout.ClassIndices);
        bool areClasses = _layout.ElementBytes == sizeof(double)
            ? ClassIndices.AreValid(MemoryMarshal.Cast<byte, double>(Bytes(indices)), _layout.Classes)
            : ClassIndices.AreValid(MemoryMarshal.Cast<byte, float>(Bytes(indices)), _layout.Classes);
        if (!areClasses)
        {
            throw Error($"Bytes {indices.Offset} to {indices.End - 1}: one of the class indices is none of {_layout.Classes} classes.");
        }
    }

    private ReadOnlySpan<byte> Bytes(FileSection section) => section.IsEmpty ? default : new((byte*)Address + section.Offset, (int)section.Length);

    private ModelFormatException Error(FormattableString message) => new(FormattableString.Invariant(message), _name, null);
}
