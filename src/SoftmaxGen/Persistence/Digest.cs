using System.Security.Cryptography;

namespace SoftmaxGen.Persistence;

/// <summary>
/// The first eight bytes of a SHA-256: what files carry as checksum. 64 bits, because it guards against accidents and not against malice; SHA-256, because
/// every language has it.
/// </summary>
internal sealed class Digest : IDisposable
{
    /// <summary>The number of bytes of a digest.</summary>
    public const int Length = DigestText.Bytes;

    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _sha.AppendData(bytes);

    /// <summary>Computes the digest of all bytes appended.</summary>
    public void Finish(Span<byte> destination)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        _sha.GetHashAndReset(whole);
        whole[..Length].CopyTo(destination);
    }

    /// <summary>Computes the digest of all bytes appended, as hexadecimal digits.</summary>
    /// <returns>Sixteen digits in lower case.</returns>
    public string FinishText() => DigestText.Of(_sha.GetHashAndReset());

    public void Dispose() => _sha.Dispose();
}
