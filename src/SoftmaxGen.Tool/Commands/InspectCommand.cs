using System.CommandLine;
using System.Numerics;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>inspect</c>: what a model is made of, and what it decides by.</summary>
internal static class InspectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var model = new Argument<string>("model") { Description = "The model file." };
        var weights = new Option<bool>("--weights") { Description = "Write every weight." };
        var command = new Command("inspect", "Shows what a model is made of, and what it decides by.") { model, weights };
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(model)!;
            TableDeclaration declaration = ModelDocument.ReadDeclaration(path);
            using ICompiledTrainer trainer = ModelDocument.Load(path, declaration, out ICompiledModel compiled, cancellationToken);
            Tell(screen, path, declaration, compiled);
            if (parsed.GetValue(weights))
            {
                TellWeights(screen, compiled);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static void Tell(Screen screen, string path, TableDeclaration declaration, ICompiledModel model)
    {
        ModelShape shape = model.Shape;
        screen.WriteLine(
            $"{path}: {declaration.LabelColumn} is one of {Listing.Of([.. declaration.Shape.ClassNames])}; "
            + $"{Listing.Count(shape.Features, "column")} of {Listing.Count(shape.FeatureGroups.Count, "feature")}, "
            + Listing.Count(shape.ParameterCount, "weight"));
        screen.WriteLine();

        // The norm over classes and columns: how far a deviation of each of the columns moves the scores.
        IReadOnlyList<StandardizedWeight> columns = model.Accept(new Standardize());
        (FeatureGroup Group, double Importance)[] importances =
        [
            .. shape.FeatureGroups
                .Select(group => (group, Math.Sqrt(columns.Skip(group.First).Take(group.Count).Sum(static column => column.Importance * column.Importance))))
                .OrderByDescending(static pair => pair.Item2),
        ];
        screen.WriteTable(
            ["feature", " importance", " columns"],
            importances.Select(static one => new[] { one.Group.Name, Numbers.Share(one.Importance), Numbers.Count(one.Group.Count) }));
    }

    private static void TellWeights(Screen screen, ICompiledModel model)
    {
        ModelShape shape = model.Shape;
        double[] weights = model.CopyWeights();
        int width = shape.Features + 1;
        screen.WriteLine();
        screen.WriteTable(
            ["weight", .. Enumerable.Range(0, shape.Classes).Select(index => $" {shape.ClassName(index)}")],
            Enumerable.Range(0, width).Select(column => (string[])
            [
                column == 0 ? "(bias)" : shape.FeatureName(column - 1),
                .. Enumerable.Range(0, shape.Classes).Select(index => Numbers.Short(weights[(index * width) + column])),
            ]));
    }

    private sealed class Standardize : IModelAction<IReadOnlyList<StandardizedWeight>>
    {
        public IReadOnlyList<StandardizedWeight> Run<TModel, T>(TModel model)
            where TModel : class, ISoftmaxModel<TModel, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.StandardizedWeights<TModel, T>();
    }
}
