using SoftmaxGen.Persistence;

namespace SoftmaxGen.Online;

/// <summary>The options of a learner among its state.</summary>
internal static class StoredOptions
{
    // In the place of a number that is not set.
    private const double Unset = -1;

    /// <summary>Writes options.</summary>
    public static void Write(OnlineOptions options, IStateExchange state)
    {
        long method = (long)options.Method;
        state.Count(ref method);
        state.Numbers([options.PriorRows ?? Unset, options.LearningRate, options.Decay, options.L2]);
        long averages = options.AverageAfter is null ? 0 : 1;
        long averageAfter = options.AverageAfter ?? 0;
        state.Count(ref averages);
        state.Count(ref averageAfter);
    }

    /// <summary>Reads options.</summary>
    /// <exception cref="ModelFormatException">They are not valid.</exception>
    public static OnlineOptions Read(IStateExchange state)
    {
        long method = 0;
        state.Count(ref method);
        double[] numbers = new double[4];
        state.Numbers(numbers);
        long averages = 0;
        long averageAfter = 0;
        state.Count(ref averages);
        state.Count(ref averageAfter);
        var options = new OnlineOptions
        {
            Method = (OnlineMethod)Math.Min(method, int.MaxValue),
            PriorRows = numbers[0] == Unset ? null : numbers[0],
            LearningRate = numbers[1],
            Decay = numbers[2],
            L2 = numbers[3],
            AverageAfter = averages == 0 ? null : averageAfter,
        };

        try
        {
            options.Validate(nameof(state));
        }
        catch (ArgumentOutOfRangeException invalid)
        {
            throw new ModelFormatException("The options of the learner are not valid.", invalid);
        }

        return options;
    }
}
