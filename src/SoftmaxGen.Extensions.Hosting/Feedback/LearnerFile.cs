using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// The file of what was learned: 32 bytes, the SHA-256 of the weights of the model that learning began from, and the state of the learner. What was learned
/// from one model says nothing about another.
/// </summary>
internal sealed class LearnerFile<TModel, T>(string path)
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>Saves a learner, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void Save(TModel basis, OnlineLearner<TModel, T> learner) => AtomicFile.Write(Path, stream =>
    {
        stream.Write(Digest(basis));
        learner.Save(stream);
    });

    /// <summary>Loads a learner.</summary>
    /// <returns>The learner; null where the file was learned from another model.</returns>
    /// <exception cref="ModelFormatException">The file is damaged or no file of a learner of this model.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public OnlineLearner<TModel, T>? Load(TModel basis)
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(digest);
        return digest.SequenceEqual(Digest(basis)) ? OnlineLearner<TModel, T>.Load(stream) : null;
    }

    private static byte[] Digest(TModel basis) => SHA256.HashData(MemoryMarshal.AsBytes(basis.Weights));
}
