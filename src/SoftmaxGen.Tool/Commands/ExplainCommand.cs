using System.CommandLine;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>explain</c>: what speaks for the predicted class of a row, against the runner-up.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var model = new Argument<string>("model") { Description = "The model file." };
        var data = new Argument<string>("data") { Description = "The table; - for what is piped in." };
        var rows = new Option<int>("--rows") { Description = "How many rows to explain, from the first on.", DefaultValueFactory = static _ => 1 };
        var table = new TableOptions();
        var command = new Command("explain", "Says why rows are predicted to be what they are.") { model, data, rows };
        table.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(model)!;
            TableDeclaration declaration = ModelDocument.ReadDeclaration(path);
            using Table source = Table.Open(parsed.GetValue(data)!, table.Read(parsed) with { Blanks = declaration.Blanks });
            using ICompiledTrainer trainer = ModelDocument.Load(path, declaration, out ICompiledModel compiled, cancellationToken);
            var parser = new RowParser(source, declaration);
            for (int row = 0; row < parsed.GetValue(rows) && source.MoveNext(); row++)
            {
                parser.Read();
                Explain(screen, source.Position, trainer, compiled, parser.Values);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static void Explain(Screen screen, string position, ICompiledTrainer trainer, ICompiledModel model, RowValues values)
    {
        ModelShape shape = model.Shape;
        double[] features = new double[shape.Features];
        double[] contributions = new double[shape.Features];
        double[] groups = new double[shape.FeatureGroups.Count];
        trainer.CopyFeatures(values, features);
        CompiledExplanation why = model.Explain(features, contributions);
        shape.SumByGroup<double>(contributions, groups);
        string place = $"{char.ToUpperInvariant(position[0])}{position[1..]}";
        screen.WriteLine($"{place}: {shape.ClassName(why.Best)} rather than {shape.ClassName(why.RunnerUp)}, by {Numbers.Signed(why.Margin)}");
        IEnumerable<(string Name, double Part)> parts = shape.FeatureGroups.Zip(groups, static (group, part) => (group.Name, part));
        screen.WriteTable(
            ["what", " adds"],
            parts.OrderByDescending(static one => Math.Abs(one.Part))
                .Prepend(("the mean of the training rows", why.AtReference))
                .Select(static one => new[] { one.Item1, Numbers.Signed(one.Item2) }));
        screen.WriteLine();
    }
}
