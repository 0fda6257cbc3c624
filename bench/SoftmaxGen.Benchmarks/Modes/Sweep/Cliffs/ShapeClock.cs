using System.Diagnostics;
using System.Reflection;

namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>Times the generated code of one shape.</summary>
internal abstract class ShapeClock
{
    // Long against the reading of the clock, short against what else a machine does.
    private static readonly TimeSpan _shortestRound = TimeSpan.FromMicroseconds(20);

    private static readonly MethodInfo _make = typeof(ShapeClock).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly double[] _fastest = new double[Measure.All.Count];
    private readonly int[] _repetitions = new int[Measure.All.Count];

    /// <summary>Initializes a new instance of the <see cref="ShapeClock"/> class.</summary>
    protected ShapeClock() => Array.Fill(_fastest, double.PositiveInfinity);

    /// <summary>Gets the shape.</summary>
    public abstract ModelShape Shape { get; }

    /// <summary>Makes and compiles a model.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="features">The number of features.</param>
    /// <returns>Its clock.</returns>
    public static ShapeClock Of(int classes, int features) =>
        _make.MakeGenericMethod(CompiledShape.Load(classes, features)).CreateDelegate<Func<ShapeClock>>()();

    /// <summary>Takes turns with other clocks, and keeps the fastest round of each.</summary>
    /// <param name="clocks">The clocks.</param>
    /// <param name="rounds">The rounds.</param>
    public static void TakeTurns(IReadOnlyList<ShapeClock> clocks, int rounds)
    {
        foreach (ShapeClock clock in clocks)
        {
            clock.Begin();
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (ShapeClock clock in clocks)
            {
                clock.Run();
            }
        }

        foreach (ShapeClock clock in clocks)
        {
            clock.Close();
        }
    }

    /// <summary>Gets the time of a row.</summary>
    /// <param name="measure">What is done with it.</param>
    /// <returns>Nanoseconds, of the fastest round so far.</returns>
    public double Nanoseconds(Measure measure) => _fastest[measure.Index];

    /// <summary>Makes ready what rounds need.</summary>
    protected abstract void Open();

    /// <summary>Gives back what rounds need.</summary>
    protected abstract void Close();

    /// <summary>Does what is measured once, for all rows.</summary>
    /// <param name="measure">What.</param>
    /// <returns>The number of rows.</returns>
    protected abstract int Pass(Measure measure);

    private static ShapeClock<TModel> Make<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double> => new();

    private void Begin()
    {
        Open();
        foreach (Measure measure in Measure.All)
        {
            Pass(measure);
            _repetitions[measure.Index] = 1;
            while (Time(measure, out _) < _shortestRound)
            {
                _repetitions[measure.Index] *= 2;
            }
        }
    }

    private void Run()
    {
        foreach (Measure measure in Measure.All)
        {
            double nanoseconds = Time(measure, out int rows).TotalNanoseconds / rows;
            _fastest[measure.Index] = Math.Min(_fastest[measure.Index], nanoseconds);
        }
    }

    private TimeSpan Time(Measure measure, out int rows)
    {
        rows = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _repetitions[measure.Index]; i++)
        {
            rows += Pass(measure);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
