using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Inference;

/// <summary>What the columns of a table are, and the classes of its label.</summary>
internal sealed class TableProfile
{
    private const int CancellationRows = 4096;

    private readonly char _separator;

    private TableProfile(ColumnProfile[] columns, int labelColumn, char separator)
    {
        _separator = separator;
        Columns = columns;
        LabelColumn = labelColumn;
    }

    /// <summary>Gets the columns, that of the label among them.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>Gets the index of the column with the label.</summary>
    public int LabelColumn { get; }

    /// <summary>Gets the number of rows that have a label.</summary>
    public int Rows => Columns[LabelColumn].Values;

    /// <summary>Gets the number of rows that have none.</summary>
    public int UnlabelledRows => Columns[LabelColumn].Blanks;

    /// <summary>
    /// Gets a value indicating whether numbers have decimal commas: the numbers of some column can be read in no other way; or they can, as thousands, but
    /// cells are not parted by commas either.
    /// </summary>
    public bool HasDecimalCommas => Columns.Any(column =>
        column.Values > 0 && column.CommaNumbers == column.Values
        && (column.PointNumbers < column.Values || (_separator != ',' && column.WithComma > 0)));

    /// <summary>Reads a table to its end. Rows without a label count for the label alone.</summary>
    public static TableProfile Read(Table table, string label, IReadOnlyList<string> blanks, Activity activity)
    {
        int labelColumn = table.IndexOf(label, "--label");
        ColumnProfile[] columns = [.. table.Header.Select(static name => new ColumnProfile(name))];
        var isBlank = new BlankWords(blanks);
        var classes = new LabelNumbers();
        for (int rows = 0; table.MoveNext(); rows++)
        {
            if (rows % CancellationRows == 0)
            {
                activity.Continue(table.Share);
            }

            ReadOnlySpan<char> own = table.Cell(labelColumn);
            bool isUnlabelled = isBlank.Contains(own);
            int number = isUnlabelled ? -1 : classes.Of(own);
            columns[labelColumn].Add(own, isUnlabelled, number, table.PlaceOf(labelColumn));
            for (int i = 0; !isUnlabelled && i < columns.Length; i++)
            {
                if (i != labelColumn)
                {
                    ReadOnlySpan<char> cell = table.Cell(i);
                    columns[i].Add(cell, isBlank.Contains(cell), number, table.PlaceOf(i));
                }
            }
        }

        return new TableProfile(columns, labelColumn, table.Separator);
    }
}
