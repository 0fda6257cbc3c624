using System.Reflection;
using SoftmaxGen.Compiler.Compilation;
using SoftmaxGen.Compiler.Tests.BuildTime;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Compiler.Tests;

/// <summary>A compiled shape has the kernels that the machine calls and no others, and they do what those of a program do.</summary>
public sealed class WidthTests
{
    private const int RowCount = 200;

    // All of them in one assembly: what takes time is the compiler.
    private static readonly (int Classes, int Features)[] _shapes = [(2, 1), (2, 4), (2, 12), (2, 40), (3, 4), (4, 3), (5, 80), (9, 2), (20, 12), (70, 3)];

    [Theory]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void The_kernels_of_one_width_train(int bits)
    {
        string models = string.Concat(
            from shape in _shapes
            from precision in new[] { "Double", "Single" }
            select $"[SoftmaxModel(Classes = {shape.Classes}, Features = {shape.Features}, Precision = SoftmaxPrecision.{precision})]"
                + $"partial class M{shape.Classes}x{shape.Features}{precision};\n");
        const string Rows = "record struct R(Side A, Side B, double C); enum Side { Left, Right, Middle } enum Answer { No, Yes } enum Size { S, M, L }"
            + "[SoftmaxModel<Size, R>] partial class Terms; [SoftmaxModel<Answer, R>] partial class TwoTerms;";
        byte[] image = ModelCompilation.Run([$"using SoftmaxGen;\n{models}{Rows}"], bits, CancellationToken.None);
        var context = new ModelContext();
        Type[] kernels = [.. context.Load(image).GetTypes().Where(static type => type.Name.StartsWith("SoftmaxKernels", StringComparison.Ordinal))];

        Type[] training = [.. kernels.Where(IsTraining)];
        Assert.Equal((2 * _shapes.Length) + 2, training.Length);
        Assert.All(training, type => Assert.Equal($"SoftmaxKernels{bits}", type.Name));
        Assert.All(kernels, type => Assert.True(BitsOf(type) <= bits, type.FullName));
        Assert.All(kernels.Where(type => BitsOf(type) is > 0 && !IsTraining(type)), type => Assert.DoesNotContain(Methods(type), IsOfTraining));
        context.Unload();

        static bool IsTraining(Type type) => Array.Exists(type.GetInterfaces(), static face => face.Name == "ITileKernels`2");
        static bool IsOfTraining(string method) => typeof(ITileKernels<,>).GetMethods().Any(member => member.Name == method);
    }

    [Fact]
    public void Shapes_of_every_form_agree_with_the_program()
    {
        Agree<TwoByOne>();
        Agree<TwoByFour>();
        Agree<TwoByForty>();
        Agree<FourByThree>();
        Agree<TenByTwelve>();
        Agree<FortyByTwo>();
    }

    [Fact]
    public void Each_width_has_its_place_in_the_cache()
    {
        string[] source = ["class A;"];

        Assert.NotEqual(CacheKey.Of(source, 512).FileName, CacheKey.Of(source, 256).FileName);
        Assert.Equal(CacheKey.Of(source, 512).FileName, CacheKey.Of(source, 512).FileName);
    }

    private static void Agree<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        (double[] rows, int[] labels) = MakeRows(shape);
        using ICompiledTrainer trainer = ModelCompiler.Compile(
            $"[SoftmaxGen.SoftmaxModel(Classes = {shape.Classes}, Features = {shape.Features})] partial class A;", Shapes.Uncached);
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels);
        TModel expected = SoftmaxTrainer.Train(set).Model;
        ICompiledModel model = trainer.Train(rows, labels).Model;

        Assert.Equal(shape.KernelDescription, trainer.Shape.KernelDescription);
        Assert.Equal(expected.Weights.ToArray(), model.CopyWeights());
        double[] expectedBatch = new double[RowCount * shape.Classes];
        double[] batch = new double[RowCount * shape.Classes];
        expected.PredictProbabilitiesBatch(rows, expectedBatch);
        model.PredictProbabilitiesBatch(rows, batch);
        Assert.Equal(expectedBatch, batch);
        double[] expectedRow = new double[shape.Classes];
        double[] probabilities = new double[shape.Classes];
        for (int row = 0; row < RowCount; row++)
        {
            ReadOnlySpan<double> features = rows.AsSpan(row * shape.Features, shape.Features);
            expected.PredictProbabilities(features, expectedRow);
            model.PredictProbabilities(features, probabilities);
            Assert.Equal(expectedRow, probabilities);
            Assert.Equal(expected.Predict(features), model.Predict(features));
        }
    }

    private static (double[] Rows, int[] Labels) MakeRows(ModelShape shape)
    {
        var random = new Random(shape.Classes);
        int[] labels = [.. Enumerable.Range(0, RowCount).Select(row => row % shape.Classes)];
        return ([.. labels.SelectMany(label => Enumerable.Range(0, shape.Features).Select(k => random.NextDouble() + (label * (k % 3) * 0.1)))], labels);
    }

    private static int BitsOf(Type kernels) => kernels.Name["SoftmaxKernels".Length..] is { Length: > 0 } bits ? int.Parse(bits, null) : 0;

    private static IEnumerable<string> Methods(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Select(static method => method.Name);
}
