using System.Text.Json;
using Penguins;

namespace SoftmaxGen.Tests.Rows;

/// <summary>The penguins of the sample, with their islands, sexes and blanks, have the optimum that scikit-learn finds for the same encoding.</summary>
public class PenguinTests
{
    private static readonly Penguin[] _penguins =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "penguins.csv")).Skip(1).Select(Penguin.Parse)];

    [Fact]
    public void The_optimum_is_that_of_scikit_learn()
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rows", "Sklearn", "penguins.json")));
        TrainingResult<PenguinModel> fit = PenguinModel.Train(_penguins, new TrainingOptions { L2 = 0.001, Tolerance = 1e-11 });

        Assert.Equal(StopReason.Converged, fit.StopReason);
        Assert.Equal(reference.RootElement.GetProperty("objective").GetDouble(), fit.Objective, 1e-9);
        double[] probabilities = new double[3];
        for (int row = 0; row < _penguins.Length; row++)
        {
            fit.Model.PredictProbabilities(_penguins[row], probabilities);
            double[] expected = [.. reference.RootElement.GetProperty("probabilities")[row].EnumerateArray().Select(static value => value.GetDouble())];
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(expected[j], probabilities[j], 1e-10);
            }
        }
    }

    [Fact]
    public void Columns_are_members_and_their_blanks() => Assert.Equal(
        [
            "Island=Biscoe", "Island=Dream", "Island=Torgersen", "bill length (mm)", "bill length (mm)?", "bill depth (mm)", "bill depth (mm)?",
            "flipper length (mm)", "flipper length (mm)?", "body mass (g)", "body mass (g)?", "Sex=Female", "Sex=Male", "Sex?",
        ],
        PenguinModel.Shape.FeatureNames);
}
