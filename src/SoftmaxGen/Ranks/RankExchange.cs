using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SoftmaxGen.Ranks;

/// <summary>
/// What ranks tell each other. Each exchange begins with a word of every rank: whether it has failed, what it is about to ask, and how much it has to say. So
/// one that has failed is heard wherever the others are, ranks that no longer compute the same notice it, and nobody waits for ever.
/// </summary>
internal sealed class RankExchange(IProcessGroup group)
{
    private const int MostMessageBytes = 4096;

    private readonly Word[] _words = new Word[group.Size];
    private readonly int[] _lengths = new int[group.Size];
    private double[] _all = [];

    /// <summary>Gets the number of this rank.</summary>
    public int Rank => group.Rank;

    /// <summary>Gets the number of ranks.</summary>
    public int Size => group.Size;

    /// <summary>Gathers numbers of all ranks.</summary>
    /// <param name="question">What the numbers are for; every rank must ask the same.</param>
    /// <param name="own">The numbers of this rank, any number of them.</param>
    /// <returns>Those of all ranks, in the order of the ranks; until the next exchange.</returns>
    /// <exception cref="ProcessGroupException">A rank has failed, or asks something else.</exception>
    public ReadOnlySpan<double> Gather(long question, ReadOnlySpan<double> own)
    {
        Speak(new Word(IsFailure: 0, question, own.Length * sizeof(double)));
        RefuseFailure();
        for (int rank = 0; rank < Size; rank++)
        {
            if (_words[rank].Question != question)
            {
                throw new ProcessGroupException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Rank {rank} and rank {Rank} do not compute the same any more. All ranks must run the same program on like processors, with the same "
                    + $"model and the same options, and make the same calls."));
            }
        }

        return MemoryMarshal.Cast<byte, double>(Collect(MemoryMarshal.AsBytes(own)));
    }

    /// <summary>Tells the other ranks that this one has failed, in the place of whatever it would have asked next.</summary>
    public void Tell(Exception failure) => Tell($"has failed. {failure.GetType().Name}: {failure.Message}");

    /// <summary>Tells the other ranks that this one does not go on, in the place of whatever it would have asked next.</summary>
    public void Tell(string reason)
    {
        byte[] message = Encoding.UTF8.GetBytes(reason);
        ReadOnlySpan<byte> most = message.AsSpan(0, Math.Min(message.Length, MostMessageBytes));
        Speak(new Word(IsFailure: 1, 0, most.Length));
        Collect(most);
    }

    private void Speak(Word word)
    {
        int bytes = Marshal.SizeOf<Word>();
        Array.Fill(_lengths, bytes);
        group.Gather(MemoryMarshal.AsBytes(new ReadOnlySpan<Word>(in word)), _lengths, MemoryMarshal.AsBytes(_words.AsSpan()));
    }

    // Where a rank has failed only those that have say more: why.
    private void RefuseFailure()
    {
        int failed = Array.FindIndex(_words, static word => word.IsFailure != 0);
        if (failed >= 0)
        {
            int length = (int)_words[failed].Bytes;
            string message = Encoding.UTF8.GetString(Collect(default)[..length]);
            throw new ProcessGroupException(string.Create(CultureInfo.InvariantCulture, $"Rank {failed} {message}")) { Rank = failed };
        }
    }

    private Span<byte> Collect(ReadOnlySpan<byte> own)
    {
        bool hasFailure = Array.Exists(_words, static word => word.IsFailure != 0);
        long total = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            _lengths[rank] = !hasFailure || _words[rank].IsFailure != 0 ? (int)_words[rank].Bytes : 0;
            total += _lengths[rank];
        }

        int elements = (int)((total + sizeof(double) - 1) / sizeof(double));
        if (_all.Length < elements)
        {
            _all = new double[elements];
        }

        Span<byte> all = MemoryMarshal.AsBytes(_all.AsSpan())[..(int)total];
        if (total > 0)
        {
            group.Gather(own, _lengths, all);
        }

        return all;
    }

    private readonly record struct Word(long IsFailure, long Question, long Bytes);
}
