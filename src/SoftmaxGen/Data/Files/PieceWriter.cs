namespace SoftmaxGen.Data.Files;

/// <summary>Writes a file in pieces of one size, each with a checksum; what was written last can be taken back.</summary>
/// <param name="stream">The file, empty.</param>
internal sealed class PieceWriter(FileStream stream)
{
    private readonly byte[] _piece = new byte[FileMap.PieceBytes];
    private readonly List<ulong> _sums = [];
    private int _filled;

    /// <summary>Gets the number of bytes so far.</summary>
    public long Length => ((long)_sums.Count * _piece.Length) + _filled;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, _piece.Length - _filled);
            bytes[..count].CopyTo(_piece.AsSpan(_filled));
            bytes = bytes[count..];
            _filled += count;
            if (_filled == _piece.Length)
            {
                EndPiece();
            }
        }
    }

    /// <summary>Writes zeros.</summary>
    public void FillTo(long end)
    {
        Span<byte> zeros = stackalloc byte[64];
        zeros.Clear();
        while (Length < end)
        {
            Write(zeros[..(int)Math.Min(zeros.Length, end - Length)]);
        }
    }

    /// <summary>Writes what another file holds.</summary>
    public void Append(FileStream other)
    {
        byte[] buffer = new byte[_piece.Length];
        other.Position = 0;
        for (int read = other.Read(buffer); read > 0; read = other.Read(buffer))
        {
            Write(buffer.AsSpan(0, read));
        }
    }

    /// <summary>Takes back what was written from a place on.</summary>
    public void TakeBack(long position, Span<byte> bytes)
    {
        stream.Write(_piece, 0, _filled);
        stream.Position = position;
        stream.ReadExactly(bytes);
        int wholePieces = (int)(position / _piece.Length);
        long start = (long)wholePieces * _piece.Length;
        _filled = (int)(position - start);
        stream.Position = start;
        stream.ReadExactly(_piece, 0, _filled);
        stream.Position = start;
        stream.SetLength(start);
        _sums.RemoveRange(wholePieces, _sums.Count - wholePieces);
    }

    /// <summary>Writes the last piece.</summary>
    public ulong[] Finish()
    {
        if (_filled > 0)
        {
            EndPiece();
        }

        stream.Flush();
        return [.. _sums];
    }

    private void EndPiece()
    {
        stream.Write(_piece, 0, _filled);
        _sums.Add(PieceChecksum.Of(_piece.AsSpan(0, _filled)));
        _filled = 0;
    }
}
