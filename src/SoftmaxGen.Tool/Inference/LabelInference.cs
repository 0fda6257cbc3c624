using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Inference;

/// <summary>Decides what the classes are.</summary>
internal static class LabelInference
{
    private const int MostClasses = ColumnProfile.MostLevels;

    // A label with more different numbers, fractions among them, is a quantity.
    private const int MostFractions = 20;

    /// <summary>Gets the classes of a label.</summary>
    /// <returns>The names of the classes, in their order.</returns>
    /// <exception cref="ToolException">They are none that a model could learn.</exception>
    public static string[] Classes(ColumnProfile column, string file)
    {
        string place = $"{file}: the label '{column.Name}'";
        if (column.Values == 0)
        {
            throw new ToolException(column.Rows == 0
                ? $"{file}: there is no row below the header."
                : $"{place} is blank in every row; --blank says which words stand for a blank.");
        }

        if (column.HasMoreLevels || column.Levels.Count > MostClasses)
        {
            throw new ToolException(
                $"{place} has more than {Listing.Count(MostClasses, "different value")}. A classifier tells a few classes apart: choose another label.");
        }

        if (column.Levels.Count == 1)
        {
            throw new ToolException(
                $"{place} is always '{column.Levels.Keys.Single()}': there is nothing to tell apart. A model needs rows of two classes at least.");
        }

        if (column.PointNumbers == column.Values && column.Integers < column.Values && column.Levels.Count > MostFractions)
        {
            throw new ToolException(
                $"{place} has {Listing.Count(column.Levels.Count, "different number")}: that is a quantity, and no class. "
                + "Make classes of it, such as low and high.");
        }

        if (column.Distinctness == 1)
        {
            throw new ToolException($"{place} is another one in every row: there is nothing to learn from. A class needs several rows.");
        }

        return ColumnInference.SortedLevels(column);
    }
}
