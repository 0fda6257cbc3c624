using System.Globalization;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>Explanations read as sentences.</summary>
public class ExplanationTextTests
{
    [Theory]
    [InlineData(0, "Setosa and Virginica are equally probable.")]
    [InlineData(0.693147, "Setosa is 2 times as probable as Virginica.")]
    [InlineData(0.1, "Setosa is 1.11 times as probable as Virginica.")]
    [InlineData(7, "Setosa is 1,097 times as probable as Virginica.")]
    [InlineData(20, "Setosa is 4.9e+8 times as probable as Virginica.")]
    [InlineData(1000, "Setosa is more than 1e308 times as probable as Virginica.")]
    [InlineData(double.NaN, "Setosa is NaN times as probable as Virginica.")]
    public void A_margin_is_a_ratio_of_probabilities(double margin, string expected)
    {
        Assert.Equal(expected, new Explanation<Species, double>(Species.Setosa, Species.Virginica, 0, margin).ToString());
        string ofNumbers = expected.Replace("Setosa", "4", StringComparison.Ordinal).Replace("Virginica", "7", StringComparison.Ordinal);
        Assert.Equal(ofNumbers, new Explanation<int, float>(4, 7, 0, (float)margin).ToString());
    }

    [Fact]
    public void The_ratio_is_that_of_the_predicted_probabilities()
    {
        double[] probabilities = new double[3];
        foreach (Flower flower in Given.HeldOut)
        {
            Explanation<Species, double> explanation = Given.Flowers.Model.Explain(flower, new double[4]);
            Given.Flowers.Model.PredictProbabilities(flower, probabilities);
            double ratio = probabilities[(int)explanation.Label] / probabilities[(int)explanation.RunnerUp];
            string[] words = explanation.ToString().Split(' ');
            Assert.Equal((explanation.Label.ToString(), $"{explanation.RunnerUp}."), (words[0], words[^1]));
            Assert.Equal(ratio, HtmlPage.Number(words[2]), 0.01 * ratio);
        }
    }

    [Fact]
    public void A_description_names_what_speaks_for_and_against_by_member()
    {
        var client = new Customer(Contract.TwoYears, null, 50, 75, 0.5, 40, Churn.Stays);
        double[] columns = new double[CustomerModel.Features];
        double[] members = new double[CustomerModel.Shape.FeatureGroups.Count];
        Explanation<Churn, double> explanation = Given.Churn.Model.Explain(client, columns);
        CustomerModel.Shape.SumByGroup<double>(columns, members);
        (string Name, double Value)[] parts =
            [("the bias", explanation.Bias), .. CustomerModel.Shape.FeatureGroups.Select((group, i) => (group.Name, members[i]))];

        string text = explanation.Describe(CustomerModel.Shape, columns);

        Assert.Equal(explanation + List($" For {explanation.Label}: ", parts.Where(static part => part.Value > 0)) + List(" Against it: "
            + "", parts.Where(static part => part.Value < 0)), text);
    }

    [Fact]
    public void Names_are_those_of_the_shape()
    {
        double[] contributions = new double[3];
        Explanation<int, double> explanation = Given.Hostile.Explain([1, 2, -1], contributions);

        Assert.StartsWith(HostileModel.Shape.ClassName(explanation.Label), explanation.Describe(HostileModel.Shape, contributions), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => explanation.Describe(HostileModel.Shape, contributions.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => (explanation with { RunnerUp = 9 }).Describe(HostileModel.Shape, contributions));
    }

    [Fact]
    public void A_value_is_compared_with_the_reference()
    {
        Assert.Equal("The value is 0.61, 3.55 above that of the reference, -2.94.", new ReferenceExplanation(-2.94, 0.61).ToString());
        Assert.Equal("The value is -1, 2 below that of the reference, 1.", new ReferenceExplanation(1, -1).ToString());
        Assert.Equal("The value is 1.5, that of the reference.", new ReferenceExplanation(1.5, 1.5).ToString());
    }

    private static string List(string beginning, IEnumerable<(string Name, double Value)> parts)
    {
        (string Name, double Value)[] all = [.. parts.OrderByDescending(static part => Math.Abs(part.Value))];
        string[] named =
            [.. all.Take(3).Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} ({part.Value:+0.00;-0.00})"))];
        string more = all.Length > 3 ? $" and {all.Length - 3} more" : "";
        return all.Length == 0 ? "" : $"{beginning}{string.Join(", ", named)}{more}.";
    }
}
