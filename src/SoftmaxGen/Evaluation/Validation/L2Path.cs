using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Chooses the strength of the penalty by cross-validation: every strength is tried on the same folds, from the strongest to the weakest, each training
/// starting from the weights of the one before. Deterministic. Thread-safe.
/// </summary>
/// <remarks>
/// More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/evaluation.md#cross-validation-and-the-penalty">the choice of the penalty</see>.
/// </remarks>
/// <example>
/// Choose the penalty, then train with it on all rows:
/// <code>
/// L2PathResult path = L2Path.Run&lt;IrisModel, double&gt;(rows, labels);
/// IrisModel model = IrisModel.Train(rows, labels, new TrainingOptions { L2 = path.Best.L2 }).Model;
/// </code>
/// </example>
public static class L2Path
{
    /// <summary>Gets the strengths that are tried when none are given: from 1 down to 1e-6, two for each power of ten.</summary>
    public static IReadOnlyList<double> DefaultStrengths { get; } = Array.AsReadOnly([.. Enumerable.Range(0, 13).Select(i => Math.Pow(10, -i / 2.0))]);

    /// <summary>Cross-validates each strength of the penalty.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="strengths">The values of <see cref="TrainingOptions.L2"/> to try, in any order; those of <see cref="DefaultStrengths"/> when null.</param>
    /// <param name="options">How to train, but for the penalty; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="folds">
    /// The number of folds: at least 2, and at most the number of rows of the rarest class, or with <see cref="MissingClasses.Allow"/> of all rows. The
    /// default is 5.
    /// </param>
    /// <param name="seed">What the shuffle depends on. The default is 0.</param>
    /// <param name="cancellationToken">Asked after every iteration of a training.</param>
    /// <returns>The cross-validation of each strength, and which of them to take.</returns>
    /// <exception cref="ArgumentException">
    /// There is no strength, or one is negative or not finite. Or the lengths do not fit, there is no row, a label is out of range, a feature is not
    /// finite, or a class has fewer rows than there are folds. Or <see cref="TrainingOptions.BiasReduction"/> is true.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is less than 2, or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static L2PathResult Run<TModel, T>(
        ReadOnlySpan<T> rows,
        ReadOnlySpan<int> labels,
        IEnumerable<double>? strengths = null,
        TrainingOptions? options = null,
        int folds = 5,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] descending = Descending(strengths, nameof(strengths));
        var checkedRows = new ValidationRows<T>(LabelledRows<T>.Check(rows, labels, default, TModel.Shape));
        TrainingOptions[] path = Path(descending, options, nameof(options));
        return Result(descending, CrossValidation.Run<TModel, T>(checkedRows, path, folds, seed, cancellationToken));
    }

    /// <summary>
    /// Cross-validates each strength of the penalty. The rows of the set, which may have been made of rows and labels of the user's types, are trained and
    /// evaluated by their weights; those of weight 0 are left out.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="set">The rows with their labels and weights.</param>
    /// <param name="strengths">The values of <see cref="TrainingOptions.L2"/> to try, in any order; those of <see cref="DefaultStrengths"/> when null.</param>
    /// <param name="options">How to train, but for the penalty; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="folds">
    /// The number of folds: at least 2, and at most the number of rows of the rarest class, or with <see cref="MissingClasses.Allow"/> of all rows. The
    /// default is 5.
    /// </param>
    /// <param name="seed">What the shuffle depends on. The default is 0.</param>
    /// <param name="cancellationToken">Asked after every iteration of a training.</param>
    /// <returns>The cross-validation of each strength, and which of them to take.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no strength, or one is negative or not finite. Or the set has soft labels or offsets, or a class has fewer rows than there are folds. Or
    /// <see cref="TrainingOptions.BiasReduction"/> is true.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is less than 2, or an option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static L2PathResult Run<TModel, T>(
        TrainingSet<TModel, T> set,
        IEnumerable<double>? strengths = null,
        TrainingOptions? options = null,
        int folds = 5,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] descending = Descending(strengths, nameof(strengths));
        ArgumentNullException.ThrowIfNull(set);
        return Result(descending, CrossValidation.Run(set, Path(descending, options, nameof(options)), folds, seed, cancellationToken));
    }

    private static TrainingOptions[] Path(double[] descending, TrainingOptions? options, string parameterName)
    {
        TrainingOptions common = options ?? new TrainingOptions();
        return !common.BiasReduction ? Array.ConvertAll(descending, l2 => common with { L2 = l2 }) : throw new ArgumentException(
            "BiasReduction is true, and a bias-reduced fit has no L2 penalty whose strength could be tried. Set it to false, or call CrossValidation.Run.",
            parameterName);
    }

    private static L2PathResult Result(double[] descending, CrossValidationResult[] results) =>
        new([.. descending.Zip(results, (l2, result) => new L2PathPoint(l2, result))]);

    private static double[] Descending(IEnumerable<double>? strengths, string parameterName)
    {
        double[] descending = [.. (strengths ?? DefaultStrengths).Distinct().OrderDescending()];
        CheckStrengths(descending, parameterName);
        return descending;
    }

    private static void CheckStrengths(double[] strengths, string parameterName)
    {
        if (strengths.Length == 0)
        {
            throw new ArgumentException("There must be at least one strength.", parameterName);
        }

        foreach (double strength in strengths)
        {
            if (!(strength >= 0) || double.IsPositiveInfinity(strength))
            {
                throw Refusal.Argument($"A strength is {strength}; it must be finite and not negative.", parameterName);
            }
        }
    }
}
