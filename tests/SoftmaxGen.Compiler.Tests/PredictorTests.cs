using Models;
using SoftmaxGen.Compiler.Tests.BuildTime;

namespace SoftmaxGen.Compiler.Tests;

/// <summary>Models as code sees them that does not name their class.</summary>
public sealed class PredictorTests
{
    [Fact]
    public void Every_model_is_a_predictor()
    {
        PlainModel model = PlainModel.FromWeights([0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
        ISoftmaxPredictor<double> predictor = model;
        double[] row = [1, 3, 2, 0];
        double[] expected = new double[3];
        double[] actual = new double[3];
        model.PredictProbabilities(row, expected);
        predictor.PredictProbabilities(row, actual);

        Assert.Same(PlainModel.Shape, predictor.Shape);
        Assert.Equal(2, predictor.Predict(row));
        Assert.Equal(expected, actual);
        Assert.Equal(model.Weights, predictor.Weights);
        Assert.Null(predictor.FeatureMoments);
    }

    /// <summary>Labels of an enum are its values here, although the model's own members hand out the enum.</summary>
    [Fact]
    public void Labels_of_an_enum_are_numbers()
    {
        double[] weights = new double[CustomerModel.ParameterCount];
        weights[2 * (CustomerModel.Features + 1)] = 1;
        ISoftmaxPredictor<double> predictor = CustomerModel.FromWeights(weights);
        int[] labels = new int[2];
        predictor.PredictBatch(new double[2 * CustomerModel.Features], labels);

        Assert.Equal((int)Churn.Leaves, predictor.Predict(new double[CustomerModel.Features]));
        Assert.Equal([2, 2], labels);
        Assert.Equal("leaves", predictor.Shape.ClassName(2));
    }
}
