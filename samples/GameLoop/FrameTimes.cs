using System.Diagnostics;

namespace GameLoop;

/// <summary>How long frames took, counted in steps of a factor of 2. Recording allocates nothing.</summary>
internal sealed class FrameTimes
{
    private const int Finest = 10;

    private readonly long[] _counts = new long[16];

    /// <summary>Records a frame.</summary>
    /// <param name="start">The time stamp of its beginning.</param>
    public void Record(long start)
    {
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        int step = microseconds < Finest ? 0 : 1 + (int)Math.Log2(microseconds / Finest);
        _counts[Math.Min(step, _counts.Length - 1)]++;
    }

    /// <summary>Writes the histogram.</summary>
    public void Write()
    {
        long most = _counts.Max();
        for (int step = 0; step <= Array.FindLastIndex(_counts, static count => count > 0); step++)
        {
            Console.WriteLine($"  < {Finest << step,7} us {_counts[step],7}  {new string('#', (int)Math.Ceiling(50.0 * _counts[step] / most))}");
        }
    }
}
