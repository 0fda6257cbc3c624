using System.Numerics;

namespace SoftmaxGen;

/// <summary>The rows of one fold, and those of all others.</summary>
/// <typeparam name="T">The type of features.</typeparam>
internal sealed class Fold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Initializes a new instance of the <see cref="Fold{T}"/> class.</summary>
    /// <param name="rows">All rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="foldOfRow">The fold of each row.</param>
    /// <param name="fold">The fold.</param>
    public Fold(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, int[] foldOfRow, int fold)
    {
        int features = rows.Length / labels.Length;
        int testCount = foldOfRow.AsSpan().Count(fold);
        TestRows = new T[testCount * features];
        TestLabels = new int[testCount];
        TrainingRows = new T[rows.Length - TestRows.Length];
        TrainingLabels = new int[labels.Length - testCount];

        int test = 0;
        int training = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            bool isTest = foldOfRow[row] == fold;
            int target = isTest ? test++ : training++;
            rows.Slice(row * features, features).CopyTo((isTest ? TestRows : TrainingRows).AsSpan(target * features));
            (isTest ? TestLabels : TrainingLabels)[target] = labels[row];
        }
    }

    /// <summary>Gets the rows to train on, row-major.</summary>
    public T[] TrainingRows { get; }

    /// <summary>Gets their labels.</summary>
    public int[] TrainingLabels { get; }

    /// <summary>Gets the rows to evaluate on, row-major.</summary>
    public T[] TestRows { get; }

    /// <summary>Gets their labels.</summary>
    public int[] TestLabels { get; }
}
