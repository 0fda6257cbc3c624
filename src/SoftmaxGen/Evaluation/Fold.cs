using System.Numerics;

namespace SoftmaxGen;

/// <summary>The rows of one fold, and those of all others.</summary>
/// <typeparam name="T">The type of features.</typeparam>
internal sealed class Fold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Initializes a new instance of the <see cref="Fold{T}"/> class.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="foldOfRow">The fold of each row.</param>
    /// <param name="fold">The fold.</param>
    public Fold(LabelledRows<T> rows, int[] foldOfRow, int fold)
    {
        int features = rows.Rows.Length / rows.Count;
        int testCount = foldOfRow.AsSpan().Count(fold);
        TestRows = new T[testCount * features];
        TestLabels = new int[testCount];
        TrainingRows = new T[rows.Rows.Length - TestRows.Length];
        TrainingLabels = new int[rows.Count - testCount];
        TestWeights = rows.Weights.IsEmpty ? [] : new T[testCount];
        TrainingWeights = rows.Weights.IsEmpty ? [] : new T[TrainingLabels.Length];

        int test = 0;
        int training = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            bool isTest = foldOfRow[row] == fold;
            int target = isTest ? test++ : training++;
            rows.Rows.Slice(row * features, features).CopyTo((isTest ? TestRows : TrainingRows).AsSpan(target * features));
            (isTest ? TestLabels : TrainingLabels)[target] = rows.Labels[row];
            if (!rows.Weights.IsEmpty)
            {
                (isTest ? TestWeights : TrainingWeights)[target] = rows.Weights[row];
            }
        }
    }

    /// <summary>Gets the rows to train on, row-major.</summary>
    public T[] TrainingRows { get; }

    /// <summary>Gets their labels.</summary>
    public int[] TrainingLabels { get; }

    /// <summary>Gets their weights; empty: every row weighs 1.</summary>
    public T[] TrainingWeights { get; }

    /// <summary>Gets the rows to evaluate on, row-major.</summary>
    public T[] TestRows { get; }

    /// <summary>Gets their labels.</summary>
    public int[] TestLabels { get; }

    /// <summary>Gets their weights; empty: every row weighs 1.</summary>
    public T[] TestWeights { get; }
}
