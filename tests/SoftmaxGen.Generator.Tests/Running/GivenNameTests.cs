using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>Names of classes and features that no identifier can spell.</summary>
public class GivenNameTests
{
    private const string Source = """
        using System;
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using SoftmaxGen;

        public enum Risk
        {
            [ClassName("high risk"), Description("not looked at"), Display(Name = "nor this")]
            High,

            [Display(Name = "medium risk"), Description("not looked at")]
            Medium,

            [Description("low \"risk\"")]
            Low,

            [Display(Name = "Risk_None", ResourceType = typeof(string))]
            None,
        }

        public record Flower(
            [Feature(Name = "sepal length (cm)"), Description("not looked at")] double SepalLength,
            [property: Display(Name = "sepal width (cm)")] double SepalWidth,
            [Feature(Order = 1), Description("petal length (cm)")] double PetalLength,
            double PetalWidth,
            [Label] Risk Risk);

        [SoftmaxModel<Risk, Flower>]
        public sealed partial class Model;

        public static class Probe
        {
            public static string Refusal()
            {
                try
                {
                    Model.FromWeights(new double[20]).Predict(new Flower(double.NaN, 0, 0, 0, Risk.Low));
                    return "nothing is refused";
                }
                catch (ArgumentException refusal)
                {
                    return refusal.Message;
                }
            }

            public static string Matrix() => new ConfusionMatrix(Model.Shape, new[] { 0, 1 }, new[] { 0, 2 }).ToString();
        }
        """;

    [Fact]
    public void Names_come_from_the_attributes()
    {
        using LoadedAssembly assembly = Load(Source);
        var shape = (ModelShape)assembly.Assembly.GetType("Model")!.GetProperty("Shape")!.GetValue(null)!;

        Assert.Equal(["high risk", "medium risk", "low \"risk\"", "None"], shape.ClassNames);
        Assert.Equal(["petal length (cm)", "sepal length (cm)", "sepal width (cm)", "PetalWidth"], shape.FeatureNames);
        Assert.Contains("Feature 1 (sepal length (cm))", assembly.Method<Func<string>>("Probe", "Refusal")(), StringComparison.Ordinal);
        Assert.Contains("high risk", assembly.Method<Func<string>>("Probe", "Matrix")(), StringComparison.Ordinal);
    }

    [LongTheory(every: 3)]
    [InlineData("[ClassName(\"high risk\"), ", "[ClassName(\"highest risk\"), ")]
    [InlineData("low \\\"risk\\\"", "low risk")]
    [InlineData("sepal length (cm)", "sepal length")]
    [InlineData("sepal width (cm)", "sepal width")]
    public void The_fingerprint_depends_on_the_names(string name, string other)
    {
        using LoadedAssembly assembly = Load(Source);
        using LoadedAssembly changed = Load(Source.Replace(name, other, StringComparison.Ordinal));

        Assert.NotEqual(Fingerprint(assembly), Fingerprint(changed));
    }

    [Fact]
    public void Names_that_are_those_of_the_members_change_nothing()
    {
        using LoadedAssembly plain = Load("enum E { A, B } record R(double X); [SoftmaxGen.SoftmaxModel<E, R>] partial class Model;");
        using LoadedAssembly named = Load(
            "enum E { [SoftmaxGen.ClassName(\"A\")] A, B } record R([SoftmaxGen.Feature(Name = \"X\")] double X); [SoftmaxGen.SoftmaxModel<E, R>] partial class Model;");

        Assert.Equal(Fingerprint(plain), Fingerprint(named));
    }

    private static string Fingerprint(LoadedAssembly assembly) =>
        ((ModelShape)assembly.Assembly.GetType("Model")!.GetProperty("Shape")!.GetValue(null)!).Fingerprint;

    private static LoadedAssembly Load(string source) => new(GeneratorHarness.CompileWithModels(Settings.Default, source));
}
