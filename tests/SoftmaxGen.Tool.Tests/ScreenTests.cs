using System.Collections.Concurrent;
using System.Text;
using SoftmaxGen.Tool.Output;

namespace SoftmaxGen.Tool.Tests;

/// <summary>What the user sees while something takes a while, and no terminal shows a bar.</summary>
public sealed class ScreenTests
{
    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void There_is_a_line_when_it_takes_long()
    {
        using var error = new Lines();
        var screen = new Screen(TextWriter.Null, error, isTerminal: false, isErrorTerminal: false, patience: TimeSpan.Zero);

        int result = screen.During("Baking", _ => WaitFor(error, "Baking ..."), CancellationToken.None);

        Assert.Equal(7, result);
        Assert.Equal(["Baking ..."], error.All);
    }

    [Fact]
    public void The_line_tells_the_share_where_it_is_known()
    {
        using var error = new Lines();
        var screen = new Screen(TextWriter.Null, error, isTerminal: false, isErrorTerminal: false, patience: TimeSpan.FromMilliseconds(50));

        screen.During(
            "Baking",
            activity =>
            {
                activity.Share = 0.45;
                return WaitFor(error, "Baking: 45");
            },
            CancellationToken.None);

        Assert.Equal(["Baking: 45 %"], error.All);
    }

    [Fact]
    public void There_is_no_line_when_it_does_not()
    {
        using var error = new Lines();
        var screen = new Screen(TextWriter.Null, error, isTerminal: false, isErrorTerminal: false, patience: TimeSpan.FromHours(1));

        Assert.Equal(7, screen.During("Baking", static _ => 7, CancellationToken.None));
        Assert.Empty(error.All);
    }

    [Fact]
    public void Whoever_is_canceled_is_told()
    {
        var screen = new Screen(TextWriter.Null, TextWriter.Null, isTerminal: false, isErrorTerminal: false);

        Assert.Throws<OperationCanceledException>(() => screen.During(
            "Baking",
            static activity =>
            {
                activity.Continue(0.5);
                return 7;
            },
            new CancellationToken(canceled: true)));
    }

    /// <summary>Gradients fall by a factor with each iteration.</summary>
    [Fact]
    public void A_training_has_come_as_far_as_its_gradient_has_fallen()
    {
        var activity = new Activity(CancellationToken.None);
        var share = new TrainingShare(activity, tolerance: 1e-6);
        double[] shares = [.. new[] { 1, 1e-3, 1e-2, 1e-5, 1e-7 }.Select(Report)];

        Assert.Equal([0, 0.5, 0.5, 5 / 6.0, 1], shares, static (expected, actual) => Math.Abs(expected - actual) < 1e-12);

        double Report(double gradientNorm)
        {
            share.Report(new TrainingProgress { Iteration = 0, Evaluations = 0, Objective = 0, GradientNorm = gradientNorm, Elapsed = default });
            return activity.Share;
        }
    }

    private static int WaitFor(Lines lines, string expected)
    {
        bool came = SpinWait.SpinUntil(
            () =>
            {
                Thread.Sleep(5);
                return lines.All.Any(line => line!.StartsWith(expected, StringComparison.Ordinal));
            },
            TimeSpan.FromMinutes(2));
        Assert.True(came, $"'{expected}' never came");
        return 7;
    }

    private sealed class Lines : TextWriter
    {
        public ConcurrentQueue<string?> All { get; } = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => All.Enqueue(value);
    }
}
