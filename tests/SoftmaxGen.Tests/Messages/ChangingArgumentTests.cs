using System.Reflection;
using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Messages;

/// <summary>
/// Another thread writes to the arrays that a public member reads at that moment, values that are no labels, no numbers and no rows among them: the member
/// answers or refuses, as it would if they had been so from the beginning. What is checked and then read again fails here, sooner or later. The environment
/// variable <c>SOFTMAXGEN_STORM_SECONDS</c> sets how many tenths of a second each member is called for.
/// </summary>
public sealed class ChangingArgumentTests
{
    [Fact]
    public void A_model_of_three_classes() =>
        Storm<FlowerModel, Species, Flower>(static (x, species) => new Flower(x[0], x[1], x[2], x[3], (Species)species));

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_model_of_two_classes() =>
        Storm<PartModel, Verdict, Part>(static (x, _) => new Part { Width = x[0], Height = x[1], IsPolished = x[2] > 1 });

    private static void Storm<TModel, TLabel, TRow>(Func<double[], int, TRow> toRow)
        where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
        where TLabel : unmanaged, Enum
    {
        using var pool = new ArgumentPool<TModel, TLabel, TRow>(toRow);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        int answered = 0;
        foreach (PublicCall call in ParameterNameSweepTests.Calls<TModel, TLabel, TRow>())
        {
            object?[] right = [.. call.Parameters.Select(pool.Right).Select(static argument => argument is Array array ? array.Clone() : argument)];
            Change[] changes =
                [.. right.Zip(call.Parameters).Where(static pair => pair.First is Array).SelectMany(pair => Changes((Array)pair.First!, pool, pair.Second))];
            if (changes.Length == 0)
            {
                continue;
            }

            using var stop = new CancellationTokenSource();
            var writer = new Thread(() => Write(changes, stop.Token));
            writer.Start();
            long end = Environment.TickCount64 + (100 * LongSetting.Of("SOFTMAXGEN_STORM_SECONDS", 0)) + 10;
            do
            {
                object? receiver = call.Member.IsStatic || call.Member is ConstructorInfo ? null : pool.Receiver(call.Receiver);
                Exception? thrown = call.Invoke(receiver, right);
                (receiver as IDisposable)?.Dispose();
                answered += thrown is null ? 1 : 0;
                if (thrown is not (null or ArgumentException or InvalidOperationException or NotSupportedException or IOException))
                {
                    wrong.Add($"{call}: {thrown.GetType().Name}: {thrown.Message.Split('\n')[0]} {thrown.StackTrace?.Split('\n')[0]}");
                }
            }
            while (Environment.TickCount64 < end);
            stop.Cancel();
            writer.Join();
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(answered > 100, $"{answered} calls ended with an answer.");
    }

    // Where the right argument has one value, and others of the pool have another.
    private static IEnumerable<Change> Changes<TModel, TLabel, TRow>(Array array, ArgumentPool<TModel, TLabel, TRow> pool, ParameterInfo parameter)
        where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
        where TLabel : unmanaged, Enum =>
        from other in pool.Candidates(parameter).OfType<Array>()
        where array.Rank == 1 && other.Rank == 1 && other.Length == array.Length
        from place in Enumerable.Range(0, array.Length)
        where !Equals(array.GetValue(place), other.GetValue(place))
        select new Change(array, place, array.GetValue(place), other.GetValue(place));

    // For about as long as a short call takes, so that it often changes in the midst of one.
    private static void Write(Change[] changes, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i = (i + 7) % changes.Length)
        {
            (Array array, int place, object? kept, object? wild) = changes[i];
            array.SetValue(wild, place);
            Thread.SpinWait(i % 97);
            array.SetValue(kept, place);
            Thread.SpinWait(i % 193);
        }
    }

    private sealed record Change(Array Array, int Place, object? Kept, object? Wild);
}
