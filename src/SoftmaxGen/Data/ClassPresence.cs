namespace SoftmaxGen.Data;

/// <summary>Which classes have rows. The bias of one without has no finite optimum: the lower, the better.</summary>
internal static class ClassPresence
{
    /// <summary>What a user may do about it, for messages.</summary>
    public const string WayOut =
        $"Train with {nameof(TrainingOptions.MissingClasses)} = {nameof(MissingClasses)}.{nameof(MissingClasses.Allow)} to allow that.";

    /// <summary>Finds the classes without a row of positive weight.</summary>
    /// <returns>The indices of the classes, ascending.</returns>
    public static int[] Missing(ReadOnlySpan<double> classTotals)
    {
        if (!classTotals.Contains(0.0))
        {
            return [];
        }

        var missing = new List<int>();
        for (int j = 0; j < classTotals.Length; j++)
        {
            if (classTotals[j] == 0)
            {
                missing.Add(j);
            }
        }

        return [.. missing];
    }

    /// <summary>Refuses a training set that lacks a class.</summary>
    /// <exception cref="ArgumentException">A class has no row of positive weight.</exception>
    public static void Require(IMeanLoss set, string parameterName)
    {
        int[] missing = Missing(set.ClassTotals);
        if (missing.Length > 0)
        {
            throw new ArgumentException($"{Message(missing, set.Shape)} {WayOut}", parameterName);
        }
    }

    // A method of its own: what makes texts is not loaded where nothing is missing.
    private static string Message(int[] missing, ModelShape shape)
    {
        string subject = missing.Length == 1 ? "The class " : "The classes ";
        string names = string.Join(", ", missing.Select(index => ClassTitle.Of(shape, index)));
        string rest = missing.Length == 1
            ? " has no row of positive weight: its bias has no finite optimum."
            : " have no row of positive weight: their biases have no finite optimum.";
        return $"{subject}{names}{rest}";
    }
}
