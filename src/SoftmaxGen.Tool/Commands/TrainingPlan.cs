using System.Globalization;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Inference;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary>What is made of a table: each of its columns, the classes, and what there is to say of them.</summary>
internal sealed record TrainingPlan
{
    private const int FewestFoldRows = 2;

    /// <summary>Gets the decisions, in the order of the columns, that of the label left out.</summary>
    public required IReadOnlyList<ColumnDecision> Decisions { get; init; }

    /// <summary>Gets what the model reads.</summary>
    public required TableDeclaration Declaration { get; init; }

    /// <summary>Gets the number of folds: no more than the rarest class has rows. Less than 2 where there can be no cross-validation.</summary>
    public required int Folds { get; init; }

    /// <summary>Gets what the user should know, a sentence or two each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="ToolException">There is nothing to learn, or what the user says does not fit the table.</exception>
    public static TrainingPlan Make(TableProfile profile, TrainOptions options)
    {
        ColumnProfile label = profile.Columns[profile.LabelColumn];
        string[] classes = LabelInference.Classes(label, options.Data);
        RequireColumns(profile, options);
        ColumnDecision[] decisions =
        [
            .. profile.Columns.Where((_, index) => index != profile.LabelColumn).Select(column => Decide(column, profile.HasDecimalCommas, options)),
        ];
        FeatureDefinition[] features = [.. decisions.Select(static decision => decision.Feature).OfType<FeatureDefinition>()];
        if (features.Length == 0)
        {
            IEnumerable<string> reasons = decisions.Select(static one => $" '{one.Name}' is ignored: {one.Reason}.");
            throw new ToolException($"{options.Data}: no column is left to learn from.{string.Concat(reasons)}");
        }

        int rarest = label.Levels.Values.Min(static level => level.Count);
        int folds = options.Folds < FewestFoldRows
            ? throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture, $"--folds {options.Folds}: two at least."))
            : Math.Min(options.Folds, rarest);
        return new TrainingPlan
        {
            Decisions = decisions,
            Folds = folds,
            Warnings = [.. Remarks(profile, label, folds, options), .. decisions.Select(static decision => decision.Warning).OfType<string>()],
            Declaration = new TableDeclaration
            {
                LabelColumn = label.Name,
                DecimalComma = profile.HasDecimalCommas,
                Blanks = options.Format.Blanks,
                Shape = new ShapeDefinition { Name = options.RowName, LabelName = label.Name, ClassNames = classes, Features = features },
            },
        };
    }

    private static ColumnDecision Decide(ColumnProfile column, bool decimalComma, TrainOptions options)
    {
        if (options.Ignored.Contains(column.Name))
        {
            return new ColumnDecision(column.Name, null, "as you said");
        }

        return options.Columns.LastOrDefault(given => given.Column == column.Name) is { } given
            ? given.Decide(column)
            : ColumnInference.Decide(column, decimalComma);
    }

    private static void RequireColumns(TableProfile profile, TrainOptions options)
    {
        string[] names = [.. profile.Columns.Select(static column => column.Name)];
        foreach ((string option, string name) in options.Ignored.Select(static name => ("--ignore", name))
            .Concat(options.Columns.Select(static column => ("--column", column.Column))))
        {
            if (!names.Contains(name))
            {
                throw ToolException.Usage($"{option}: {options.Data} has no column '{name}'; its columns are {Listing.Of(names)}.");
            }

            if (name == profile.Columns[profile.LabelColumn].Name)
            {
                throw ToolException.Usage($"{option}: '{name}' is the label.");
            }
        }
    }

    private static IEnumerable<string> Remarks(TableProfile profile, ColumnProfile label, int folds, TrainOptions options)
    {
        if (profile.UnlabelledRows > 0)
        {
            yield return $"{Listing.Count(profile.UnlabelledRows, "row")} without a label {(profile.UnlabelledRows == 1 ? "was" : "were")} left out.";
        }

        if (folds < options.Folds)
        {
            (string rarest, LevelCount level) = label.Levels.MinBy(static pair => pair.Value.Count);
            string consequence = folds < FewestFoldRows
                ? "there is no cross-validation"
                : string.Create(CultureInfo.InvariantCulture, $"the cross-validation has {folds} folds");
            yield return $"'{rarest}' has {Listing.Count(level.Count, "row")} only: {consequence}.";
        }
    }
}
