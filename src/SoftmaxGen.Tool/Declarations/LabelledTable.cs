using System.Runtime.InteropServices;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Declarations;

/// <summary>The rows of a table as features, with their labels, all in memory.</summary>
internal static class LabelledTable
{
    private const int CancellationRows = 4096;

    /// <summary>Reads a table to its end; rows without a label are left out.</summary>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="ToolException">A value does not fit, or no row has a label.</exception>
    public static ICompiledTrainingSet Read(Table table, TableDeclaration declaration, ICompiledTrainer trainer, Activity activity)
    {
        var rows = new RowParser(table, declaration);
        var labels = new LabelParser(table, declaration);
        int width = trainer.Shape.Features;
        List<double> features = [];
        List<int> classes = [];
        while (table.MoveNext())
        {
            if (classes.Count % CancellationRows == 0)
            {
                activity.Continue(table.Share);
            }

            int label = labels.Read();
            if (label == LabelParser.None)
            {
                continue;
            }

            if ((long)features.Count + width > Array.MaxLength)
            {
                throw new ToolException(
                    $"{table.File}: {Listing.Count(classes.Count, "row")} of {Listing.Count(width, "column")} are as many numbers as one array holds; "
                    + "train on a sample of the rows.");
            }

            rows.Read();
            CollectionsMarshal.SetCount(features, features.Count + width);
            trainer.CopyFeatures(rows.Values, CollectionsMarshal.AsSpan(features)[^width..]);
            classes.Add(label);
        }

        return classes.Count > 0
            ? trainer.CreateTrainingSet(CollectionsMarshal.AsSpan(features), CollectionsMarshal.AsSpan(classes))
            : throw new ToolException($"{table.File}: there is no row with a label below the header.");
    }
}
