using System.Xml.Linq;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>Pictures of trainings and paths go through the numbers of their results.</summary>
public class TrainingPictureTests
{
    [Fact]
    public void The_loss_curve_goes_through_every_iteration()
    {
        var picture = SvgPicture.Parse(Given.Flowers.ToSvgLoss());
        (double X, double Y)[] points = picture.Points(picture.All("path").Single());
        TrainingProgress[] history = [.. Given.Flowers.History];

        // Points that lie on one another in the picture are one.
        Assert.InRange(points.Length, 3, history.Length);
        Assert.All(points, point => Assert.Contains(history, step => Math.Abs(step.Iteration - point.X) < 1e-2 && Math.Abs(step.Objective - point.Y) < 1e-3));
        Assert.Equal(history[0].Objective, points[0].Y, 1e-3);
        Assert.Equal(history[^1].Objective, points[^1].Y, 1e-3);
        Assert.Equal(history[^1].Iteration, points[^1].X, 1e-2);
    }

    [Fact]
    public void Numbers_that_are_none_interrupt_a_line()
    {
        double[] losses = [1, 0.8, double.NaN, 0.5, double.PositiveInfinity, 0.4];
        TrainingTrace trace = Trace([.. losses.Select(static (loss, i) => Step(i, loss, double.NaN))]);

        var picture = SvgPicture.Parse(trace.ToSvg());

        Assert.Equal(3, picture.All("path").Single().Attribute("d")!.Value.Count(static letter => letter == 'M'));
        Assert.DoesNotContain("NaN", picture.Root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_without_a_number_says_so()
    {
        var picture = SvgPicture.Parse(Trace([Step(0, double.NaN, double.NaN)]).ToSvg());

        Assert.Equal("The training made no step.", picture.Description);
        Assert.Contains("The training made no step.", picture.All("text").Select(static text => text.Value));
    }

    [Fact]
    public void Validation_has_a_line_of_its_own_and_marks_the_best_iteration()
    {
        double[] losses = [1.1, 0.7, 0.6, 0.65];
        TrainingTrace trace = Trace([.. losses.Select(static (loss, i) => Step(i, 1 - (i * 0.2), loss))]) with { BestIteration = 2 };

        var picture = SvgPicture.Parse(trace.ToSvg());

        (double X, double Y)[] points = picture.Points(picture.Named("path", "loss on the validation rows"));
        Assert.All(losses.Zip(points), static pair => Assert.Equal(pair.First, pair.Second.Y, 1e-3));
        (double x, double y) = picture.Center(picture.All("circle").Single());
        Assert.Equal(2, x, 1e-2);
        Assert.Equal(0.6, y, 1e-3);
    }

    [Fact]
    public void An_empty_history_is_refused() => Assert.Throws<ArgumentException>(() => Trace([]).ToSvg());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_path_has_a_point_and_its_standard_error_for_each_strength(bool withoutPenalty)
    {
        using TrainingSet<CustomerModel, double> set = CustomerModel.CreateTrainingSet(Given.Clients);
        double[] strengths = withoutPenalty ? [1, 0.1, 0.001, 0] : [1, 0.1, 0.001];
        L2PathResult path = L2Path.Run(set, strengths);

        var picture = SvgPicture.Parse(path.ToSvg());

        Func<double, double> x = picture.Horizontal(isLogarithmic: true);
        Func<double, double> y = picture.Vertical();
        XElement[] circles = [.. picture.All("circle")];
        XElement[] errors = [.. picture.All("line", "guide")];
        L2PathPoint[] ascending = [.. path.Points.OrderBy(static point => point.L2)];
        Assert.Equal(strengths.Length, circles.Length);
        Assert.Equal(strengths.Length, errors.Length);
        for (int i = 0; i < strengths.Length; i++)
        {
            FoldStatistic loss = ascending[i].CrossValidation.LogLoss;
            Assert.Equal(ascending[i].L2 > 0 ? ascending[i].L2 : 1e-4, x(SvgPicture.Number(circles[i], "cx")), 1e-2 * Math.Max(1e-4, ascending[i].L2));
            Assert.Equal(loss.Mean, y(SvgPicture.Number(circles[i], "cy")), 1e-3);
            Assert.Equal(loss.Mean - loss.StandardError, y(SvgPicture.Number(errors[i], "y1")), 1e-3);
            Assert.Equal(loss.Mean + loss.StandardError, y(SvgPicture.Number(errors[i], "y2")), 1e-3);
        }

        Assert.StartsWith("f3", circles[Array.IndexOf(ascending, path.Best)].Attribute("class")!.Value, StringComparison.Ordinal);
        Assert.Equal(withoutPenalty, picture.All("text").Any(static text => text.Value == "0" && SvgPicture.Number(text, "y") > 200));
    }

    private static TrainingTrace Trace(TrainingProgress[] history) => new()
    {
        History = history,
        BestIteration = history.Length == 0 ? 0 : history[^1].Iteration,
        Solver = Solver.Lbfgs,
        StopReason = StopReason.MaxIterations,
    };

    private static TrainingProgress Step(int iteration, double objective, double validation) => new()
    {
        Iteration = iteration,
        Evaluations = iteration,
        Objective = objective,
        GradientNorm = 0.1,
        Elapsed = TimeSpan.Zero,
        ValidationLoss = validation,
    };
}
