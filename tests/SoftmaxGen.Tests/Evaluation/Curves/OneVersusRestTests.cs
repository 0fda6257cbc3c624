using SoftmaxGen.Tests.Evaluations.Sklearn;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Curves;

public sealed class OneVersusRestTests
{
    [Fact]
    public void Averages_are_those_of_scikit_learn()
    {
        SklearnCurves.OneVersusRestCase expected = SklearnCurves.OneVersusRest;
        Double3x4 model = Double3x4.FromWeights(expected.Weights);

        AssertAverages(expected.Plain, OneVersusRest.Create(model, expected.Rows, expected.Labels));
        AssertAverages(expected.WeightedRows, OneVersusRest.Create(model, expected.Rows, expected.Labels, expected.RowWeights));

        static void AssertAverages(SklearnCurves.Averages averages, OneVersusRest curves)
        {
            Assert.Equal(averages.Macro.Auc, curves.MacroAreaUnderCurve, 1e-12);
            Assert.Equal(averages.Weighted.Auc, curves.WeightedAreaUnderCurve, 1e-12);
            Assert.Equal(averages.Macro.AveragePrecision, curves.MacroAveragePrecision, 1e-12);
            Assert.Equal(averages.Weighted.AveragePrecision, curves.WeightedAveragePrecision, 1e-12);
        }
    }

    [Fact]
    public void Each_class_has_its_own_curves()
    {
        Sample sample = Sample.Of(Double3x4From1.Shape, 50);
        Double3x4From1 model = Double3x4From1.FromWeights(sample.Weights);
        double[] weights = sample.RowWeights();

        OneVersusRest curves = OneVersusRest.Create(model, sample.Rows, sample.Labels, weights);

        for (int index = 0; index < 3; index++)
        {
            Assert.Equal(RocCurve.Create(model, sample.Rows, sample.Labels, index + 1, weights).Points, curves.Roc[index].Points);
            Assert.Equal(PrecisionRecallCurve.Create(model, sample.Rows, sample.Labels, index + 1, weights).Points, curves.PrecisionRecall[index].Points);
        }

        Assert.Contains("weighted mean", curves.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_rows_is_named()
    {
        Double3x4From1 model = Double3x4From1.FromWeights(new double[15]);

        var exception = Assert.Throws<ArgumentException>("labels", () => OneVersusRest.Create(model, new double[8], [1, 3]));
        Assert.Contains("The class labelled 2 has no row", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("rowWeights", () => OneVersusRest.Create(model, new double[12], [1, 2, 3], [0, 0, 0]));
    }
}
