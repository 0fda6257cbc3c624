using System.Reflection;
using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>
/// The pictures of the documentation, <c>docs/images</c>, are those that the library draws. With <c>SOFTMAXGEN_ACCEPT_SNAPSHOTS=1</c> in the environment
/// they are written anew.
/// </summary>
public class ImageTests
{
    private static readonly string _folder = Path.Combine(
        typeof(ImageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "ProjectDirectory").Value!,
        "../../docs/images");

    [Fact]
    public void Pictures_of_the_documentation_are_drawn_by_the_library()
    {
        Evaluation evaluation = Given.Flowers.Model.Evaluate(Given.HeldOut);
        using TrainingSet<FlowerModel, double> all = FlowerModel.CreateTrainingSet([.. Flower.All]);
        using TrainingSet<CustomerModel, double> clients = CustomerModel.CreateTrainingSet(Customer.Make(300, seed: 2));
        AssertImage("confusion-matrix", evaluation.ToSvgConfusionMatrix());
        AssertImage("reliability", Given.Churn.Model.Evaluate(clients).ToSvgReliability());
        AssertImage("penalty", L2Path.Run(all).ToSvg());
        AssertImage("weights", Given.Flowers.Model.ToSvgWeights());
    }

    private static void AssertImage(string name, string svg)
    {
        string path = Path.Combine(_folder, $"{name}.svg");
        if (Environment.GetEnvironmentVariable("SOFTMAXGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllText(path, svg);
        }

        Assert.True(File.Exists(path), $"There is no {path}.");
        Assert.Equal(File.ReadAllText(path), svg);
    }
}
