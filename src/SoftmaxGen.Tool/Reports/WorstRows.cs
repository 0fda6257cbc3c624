using System.Globalization;
using SoftmaxGen.Compiler;
using SoftmaxGen.Reports;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Reports;

/// <summary>The rows of a table that a model is most wrong about, found while the table is read: no more of them are in memory.</summary>
internal static class WorstRows
{
    private const int Most = 20;

    /// <summary>Reads a table to its end.</summary>
    /// <returns>The rows, the worst first; of equal ones those that come first in the table.</returns>
    public static IReadOnlyList<WorstRow> Find(Table table, TableDeclaration declaration, ICompiledModel model, Activity activity)
    {
        var rows = new RowParser(table, declaration);
        var labels = new LabelParser(table, declaration);
        double[] probabilities = new double[model.Shape.Classes];
        var worst = new List<WorstRow>(Most + 1);
        for (int index = 0; table.MoveNext();)
        {
            activity.Continue(table.Share);
            int label = labels.Read();
            if (label == LabelParser.None)
            {
                continue;
            }

            rows.Read();
            int predicted = model.PredictProbabilities(rows.Values, probabilities);
            double actual = probabilities[label];
            int place = worst.FindLastIndex(row => row.ActualProbability <= actual) + 1;
            if (place < Most)
            {
                worst.Insert(place, new WorstRow
                {
                    Index = index,
                    Name = table.Position,
                    Actual = model.Shape.ClassName(label),
                    Predicted = model.Shape.ClassName(predicted),
                    ActualProbability = actual,
                    PredictedProbability = probabilities[predicted],
                    Content = Content(table, declaration),
                });
                worst.RemoveRange(Math.Min(Most, worst.Count), Math.Max(0, worst.Count - Most));
            }

            index++;
        }

        return worst;
    }

    private static string Content(Table table, TableDeclaration declaration) => string.Join(
        ", ", declaration.Shape.Features.Select(feature => $"{feature.Name} {table.Cell(table.IndexOf(feature.Name, "the model"))}"));
}
