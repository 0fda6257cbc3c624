namespace SoftmaxGen.Compiler.Tests;

/// <summary>What is refused, how it is told, and names that are no identifiers.</summary>
public sealed class ModelCompilerTests
{
    [Fact]
    public void Errors_of_the_compiler_have_their_place()
    {
        ModelCompilationException error = Refused(
            "using SoftmaxGen;\n[SoftmaxModel(Classes = 2, Features = 2)]\npublic sealed partial class A { int x = \"text\"; }");

        CompilationProblem problem = Assert.Single(error.Problems);
        Assert.Equal(("CS0029", 3, 41), (problem.Id, problem.Line, problem.Column));
        Assert.Contains("(3,41): error CS0029", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_generator_have_their_place()
    {
        ModelCompilationException error = Refused("using SoftmaxGen;\n\n[SoftmaxModel(Classes = 1, Features = 2)]\npublic sealed partial class A;");

        CompilationProblem problem = Assert.Single(error.Problems);
        Assert.StartsWith("SMG", problem.Id, StringComparison.Ordinal);
        Assert.Equal(3, problem.Line);
    }

    [LongTheory(every: 2)]
    [InlineData("public class A;", "there are 0")]
    [InlineData("", "there are 0")]
    [InlineData(
        "using SoftmaxGen; [SoftmaxModel(Classes = 2, Features = 2)] partial class A; [SoftmaxModel(Classes = 2, Features = 2)] partial class B;",
        "there are 2")]
    public void A_source_has_one_model(string source, string expected) =>
        Assert.Contains(expected, Refused(source).Message, StringComparison.Ordinal);

    [Fact]
    public void Syntax_errors_are_told() => Assert.All(Refused("class {").Problems, static problem => Assert.Equal(1, problem.Line));

    [Fact]
    public void Source_may_declare_its_own_labels_and_rows()
    {
        using ICompiledTrainer trainer = ModelCompiler.Compile(
            "using SoftmaxGen; enum Side { Left = 5, Right = 9 } record struct Point(float X, float Y); [SoftmaxModel<Side, Point>] partial class A;",
            Shapes.Uncached);

        Assert.Equal(["Left", "Right"], trainer.Shape.ClassNames);
        Assert.Equal("Right", trainer.Train([0, 0, 1, 1], [5, 9]).Model.PredictName([1, 1]));
    }

    /// <summary>None of them becomes code, and each is found again.</summary>
    [Fact]
    public void Names_may_be_anything()
    {
        string[] names =
        [
            "class", "int", "2nd floor", "%", "a b", "a_b", "A b", "\"); } } class Evil { static void Run() { }", "*/ //", "line\nbreak", "a\u2028b", "größe",
            "Größe", "年齢", "\U0001F427", "Equals", "ToString", "EqualityContract", "Row", "RowModel", "Label", "System", "SoftmaxGen", "{0}", "\\", "x\ty",
            "<b>&amp;", "'", "\"\"\"",
            new string('n', 300),
        ];
        var definition = new ShapeDefinition
        {
            Name = "Row",
            LabelName = "label",
            ClassNames = names,
            Features = [.. names.Select(Feature)],
        };
        using ICompiledTrainer trainer = ModelCompiler.Compile(definition, Shapes.Uncached);

        Assert.Equal(names, trainer.Shape.ClassNames);
        Assert.Equal(names, trainer.Shape.FeatureGroups.Select(static group => group.Name));

        static FeatureDefinition Feature(string name, int index) => index % 2 == 0 ? new NumberFeature(name) : new CategoryFeature(name, ["first", name]);
    }

    [LongTheory(every: 4)]
    [InlineData("System", "Label")]
    [InlineData("Label", "Label")]
    [InlineData("Feature", "SoftmaxModel")]
    [InlineData("Categories", "ClassName")]
    [InlineData("", "?")]
    [InlineData("Model", "Row")]
    public void Types_may_be_called_like_anything(string row, string label)
    {
        ShapeDefinition definition = Shapes.Numbered(0) with { Name = row, LabelName = label, ClassNames = ["high risk", "low"] };
        definition = definition with { Features = [new CategoryFeature("k", ["v"]), .. definition.Features] };
        using ICompiledTrainer trainer = ModelCompiler.Compile(definition, Shapes.Uncached);

        Assert.Equal(["high risk", "low"], trainer.Shape.ClassNames);
    }

    [Fact]
    public void Definitions_are_checked()
    {
        ShapeDefinition right = Shapes.Numbered(0);
        Check(right with { ClassNames = ["one"] }, "two classes at least");
        Check(right with { ClassNames = ["one", "one"] }, "called 'one'");
        Check(right with { ClassNames = ["one", " "] }, "A class has no name");
        Check(right with { Features = [] }, "one feature at least");
        Check(right with { Features = [new NumberFeature("x"), new FlagFeature("x")] }, "called 'x'");
        Check(right with { Features = [new BucketFeature("x", [2, 1])] }, "edges of 'x' are 2, 1");
        Check(right with { Features = [new KnotFeature("x", [])] }, "knots of 'x'");
        Check(right with { Features = [new KnotFeature("x", [double.NaN])] }, "knots of 'x'");
        Check(right with { Features = [new CategoryFeature("x", [])] }, "'x' has no level");
        Check(right with { Features = [new CategoryFeature("x", ["a", "a"])] }, "level of 'x' called 'a'");
        Check(right with { Features = [new HashedFeature("x", 1)] }, "'x' is hashed into 1");
        ArgumentException error = Assert.Throws<ArgumentException>(() => right.ToCSharp(new DeclarationOptions { Namespace = "a b" }));
        Assert.Contains("no namespace", error.Message, StringComparison.Ordinal);

        static void Check(ShapeDefinition wrong, string expected) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => ModelCompiler.Compile(wrong, Shapes.Uncached)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_generator_refuses_of_a_definition_is_told()
    {
        ShapeDefinition tooLarge = Shapes.Numbered(0) with { Features = [new HashedFeature("x", 100_000_000)] };

        ModelCompilationException error = Assert.Throws<ModelCompilationException>(() => ModelCompiler.Compile(tooLarge, Shapes.Uncached));
        Assert.StartsWith("SMG", Assert.Single(error.Problems).Id, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compilation_can_be_abandoned() => Assert.Throws<OperationCanceledException>(() =>
        ModelCompiler.Compile(Shapes.Numbered(0), Shapes.Uncached, new CancellationToken(canceled: true)));

    private static ModelCompilationException Refused(string source) =>
        Assert.Throws<ModelCompilationException>(() => ModelCompiler.Compile(source, Shapes.Uncached));
}
