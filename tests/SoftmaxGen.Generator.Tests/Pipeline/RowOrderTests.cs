using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>Which members of a row are features, and in which order.</summary>
public class RowOrderTests
{
    [Fact]
    public void Members_with_an_order_come_first_by_their_order_the_others_as_declared_and_ignored_ones_not_at_all()
    {
        string text = GeneratorHarness.Generate("""
            using SoftmaxGen;
            enum E { A, B }
            class R
            {
                public double First;
                [Feature(Order = 2)] public double Second;
                [Feature(Ignore = true)] public double Ignored;
                [Feature(Order = 7)] public double Third;
                [Feature(Order = -1)] public double Fourth;
                [Feature(Ignore = false)] public double Fifth;
                [Label] public E Label;
                [Feature] public double Sixth;
            }

            [SoftmaxModel<E, R>] partial class Model;
            """)[0].SourceText.ToString();

        Assert.Contains(
            "FeatureNames = new string[] { \"Fourth\", \"Second\", \"Third\", \"First\", \"Fifth\", \"Sixth\" }", text, StringComparison.Ordinal);
    }
}
