using System.Runtime.InteropServices;
using SoftmaxGen.Data;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Training.Checkpoints;

/// <summary>
/// The results of the passes of a training, in their order. A training asks for the same passes again when it is resumed, since it is deterministic, and gets
/// the results from here until they end. So no solver has to know how to store itself.
/// </summary>
internal sealed class PassLog
{
    private readonly TrainingCheckpoint _checkpoint;
    private readonly bool _isWriter;

    // The question and the numbers of each pass; of a process that does not write, those alone that are still to be asked for.
    private readonly List<double[]> _passes;
    private int _next;
    private int _saved;
    private int _iterations;

    private PassLog(TrainingCheckpoint checkpoint, bool isWriter, List<double[]> passes)
    {
        _checkpoint = checkpoint;
        _isWriter = isWriter;
        _passes = passes;
        _saved = passes.Count;
    }

    /// <summary>Begins a log, or goes on with that of a file.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or damaged.</exception>
    public static PassLog Open(TrainingCheckpoint checkpoint, IChunkFold fold)
    {
        List<double[]> passes = [];
        if (checkpoint.Resume)
        {
            if (fold.IsFirst && File.Exists(checkpoint.Path))
            {
                passes = CheckpointFile.Read(checkpoint.Path);
            }

            int count = (int)fold.Hear([passes.Count])[0];
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> pass = fold.Hear(fold.IsFirst ? passes[i] : default);
                if (!fold.IsFirst)
                {
                    passes.Add(pass.ToArray());
                }
            }
        }

        return new PassLog(checkpoint, fold.IsFirst, passes);
    }

    /// <summary>
    /// Gets a value indicating whether the next pass is the first, whose result is computed even where it is known: it tells other rows by their bits.
    /// </summary>
    public bool IsAtStart => _next == 0;

    /// <summary>Finds the result of the next pass.</summary>
    /// <returns>Whether it is known.</returns>
    /// <exception cref="InvalidDataException">Something else was asked when the log was written.</exception>
    public bool TryReplay(long question, Span<double> result)
    {
        if (_next >= _passes.Count)
        {
            return false;
        }

        double[] pass = _passes[_next++];
        if (BitConverter.DoubleToInt64Bits(pass[0]) != question || pass.Length != result.Length + 1)
        {
            throw Other();
        }

        pass.AsSpan(1).CopyTo(result);
        return true;
    }

    /// <summary>Adds the result of a pass.</summary>
    public void Add(long question, ReadOnlySpan<double> result)
    {
        if (_isWriter)
        {
            _passes.Add([BitConverter.Int64BitsToDouble(question), .. result]);
        }

        _next++;
    }

    /// <summary>Makes sure that the first result is that of the rows at hand.</summary>
    public static void Compare(ReadOnlySpan<double> result, ReadOnlySpan<double> known)
    {
        if (!MemoryMarshal.AsBytes(result).SequenceEqual(MemoryMarshal.AsBytes(known)))
        {
            throw Other();
        }
    }

    /// <summary>Is told that an iteration has ended, and saves when it is time to.</summary>
    public void EndIteration(bool isLast)
    {
        bool isTime = isLast || _iterations++ % _checkpoint.EveryIterations == 0;
        if (_isWriter && isTime && _passes.Count > _saved && _next == _passes.Count)
        {
            CheckpointFile.Write(_checkpoint.Path, _passes);
            _saved = _passes.Count;
        }
    }

    private static InvalidDataException Other() => new(
        "The checkpoint is of another training: the rows, the model, the options or the processor differ. Remove the file, or train without resuming it.");
}
