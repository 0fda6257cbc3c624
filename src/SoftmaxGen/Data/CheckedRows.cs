using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>Training data that the kernels may run over unchecked: lengths that fit one another, labels in range, numbers that are finite.</summary>
internal static class CheckedRows
{
    /// <summary>The name of the argument with the rows, which the training set and the factories of models have in common.</summary>
    public const string RowsName = "rows";

    /// <summary>The name of the argument with the weights of the rows.</summary>
    public const string RowWeightsName = "rowWeights";

    /// <summary>The name of the argument with the labels.</summary>
    public const string LabelsName = "labels";

    /// <summary>The name of the argument with the soft labels.</summary>
    public const string TargetsName = "targets";
    private const string OffsetsName = "offsets";

    /// <summary>
    /// Checks training data, and leaves out the rows with a missing feature where they are to be skipped. Where they are not, whoever copies the features
    /// checks whether they are finite.
    /// </summary>
    /// <returns>The data that is left.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there are both labels and targets, a label is out of range, or a number is not valid.
    /// </exception>
    public static TrainingRows<T> Check<T>(TrainingRows<T> data, ModelShape shape, out int skipped, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        skipped = 0;
        int rowCount = Guard.WholeRows(data.Rows.Length, shape.Features, RowsName);
        CheckLengths(data, shape, rowCount);
        CheckValues(data, shape, firstRow);
        if (data.IncompleteRows != IncompleteRows.Skip)
        {
            return data;
        }

        int[]? complete = CompleteRows.Find(data.Rows, shape.Features, RowsName, firstRow);
        if (complete is null)
        {
            return data;
        }

        skipped = rowCount - complete.Length;
        return new TrainingRows<T>
        {
            Rows = SelectedRows.Copy(data.Rows, shape.Features, complete),
            Labels = SelectedRows.Copy(data.Labels, 1, complete),
            Targets = SelectedRows.Copy(data.Targets, shape.Classes, complete),
            RowWeights = SelectedRows.Copy(data.RowWeights, 1, complete),
            Offsets = SelectedRows.Copy(data.Offsets, shape.Classes, complete),
        };
    }

    /// <summary>Makes the exception for an argument that another thread wrote to between the check and the copy.</summary>
    public static ArgumentException Changed(string parameterName) =>
        new($"The {parameterName} were changed while they were read. Copy them before, or wait for the threads that write them.", parameterName);

    private static void CheckLengths<T>(TrainingRows<T> data, ModelShape shape, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Targets.IsEmpty)
        {
            Guard.Length(data.Labels.Length, rowCount, LabelsName);
        }
        else
        {
            Guard.Length(data.Targets.Length, (long)rowCount * shape.Classes, TargetsName);
            Guard.Length(data.Labels.Length, 0, LabelsName);
        }

        if (!data.RowWeights.IsEmpty)
        {
            Guard.Length(data.RowWeights.Length, rowCount, RowWeightsName);
        }

        if (!data.Offsets.IsEmpty)
        {
            Guard.Length(data.Offsets.Length, (long)rowCount * shape.Classes, OffsetsName);
        }
    }

    private static void CheckValues<T>(TrainingRows<T> data, ModelShape shape, int firstRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Labels(data.Labels, shape, LabelsName, firstRow);
        TargetShares.Check(data.Targets, shape.Classes, TargetsName, firstRow);
        Guard.RowWeights(data.RowWeights, RowWeightsName, firstRow);
        OffsetKernel.Check(data.Offsets, shape.Classes, OffsetsName, firstRow);
    }
}
