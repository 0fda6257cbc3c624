using System.Text;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>Of two classes one regression against the rest is the softmax of half its row, whatever scikit-learn fitted it by.</summary>
public sealed class TwoClassTests
{
    [Theory]
    [InlineData("", 0.5)]
    [InlineData(""", "solver": "liblinear" """, 0.5)]
    [InlineData(""", "multi_class": "ovr" """, 0.5)]
    [InlineData(""", "multi_class": "auto", "solver": "liblinear" """, 0.5)]
    [InlineData(""", "multi_class": "multinomial", "solver": "lbfgs" """, 1)]
    public void Two_classes_are_taken_over_from_any_scheme(string more, double factor)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"coef_": [[3, -4]], "intercept_": [2], "classes_": [0, 1]{{more}}}"""));

        Double2x2 model = SklearnImport.Load<Double2x2, double>(file);

        Assert.Equal([-2 * factor, -3 * factor, 4 * factor, 2 * factor, 3 * factor, -4 * factor], model.Weights.ToArray());
    }
}
