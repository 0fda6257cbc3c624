using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// The direction that is found by contrasts solves the equations of all classes, <c>H d = -g</c>, and takes the mean over the classes to 0. A direction
/// that is only nearly right would reach the same optimum, a few iterations later.
/// </summary>
public sealed class NewtonDirectionTests
{
    [Theory]
    [InlineData(0, true, false)]
    [InlineData(0, false, false)]
    [InlineData(1e-3, true, false)]
    [InlineData(1e-3, false, false)]
    [InlineData(10, true, false)]
    [InlineData(10, false, false)]
    [InlineData(0, true, true)]
    [InlineData(0, false, true)]
    [InlineData(1e-3, true, true)]
    [InlineData(1e-3, false, true)]
    [InlineData(10, true, true)]
    [InlineData(10, false, true)]
    public void The_direction_solves_the_equations_of_all_classes(double l2, bool standardize, bool byRows)
    {
        SampleData data = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, data.Labels);
        var objective = new Objective(set, l2, standardize, maxThreads: 1);
        int size = objective.ParameterCount;
        var random = new Random(1);
        double[] start = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.3)];
        var line = new ObjectiveLine(objective, start);

        var direction = new NewtonDirection(objective);
        if (byRows)
        {
            direction.SetByRows(line);
        }
        else
        {
            direction.Set(line);
        }

        Assert.Equal(byRows, direction.IsByRows);
        double[] hessian = new double[size * size];
        objective.Hessian(start, new double[objective.PackedHessianLength], hessian);
        double largest = line.Gradient.ToArray().Max(Math.Abs);
        for (int i = 0; i < size; i++)
        {
            double residual = line.Gradient[i];
            for (int k = 0; k < size; k++)
            {
                residual += hessian[(i * size) + k] * line.Direction[k];
            }

            Assert.Equal(0, residual / largest, 1e-9);
        }

        for (int column = 0; column < objective.RowLength; column++)
        {
            double sum = 0;
            for (int i = column; i < size; i += objective.RowLength)
            {
                sum += start[i] + line.Direction[i];
            }

            Assert.Equal(0, sum, 1e-9);
        }
    }
}
