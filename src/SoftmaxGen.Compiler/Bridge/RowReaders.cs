using System.Numerics;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>What shapes that were compiled from source do not have: a reader of rows of values.</summary>
internal static class RowReaders
{
    /// <summary>Gets the reader of a shape.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="reader">The reader; null where there is none.</param>
    /// <param name="row">The row that is to be read.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="NotSupportedException">There is none.</exception>
    /// <exception cref="ArgumentException">The row has another length than the definition.</exception>
    public static IRowReader<TModel, T> Require<TModel, T>(IRowReader<TModel, T>? reader, RowValues row, ModelShape shape)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (reader is null)
        {
            throw new NotSupportedException("The model was compiled from source: give its rows as features, or compile a ShapeDefinition.");
        }

        row.Require(shape.FeatureGroups.Count);
        return reader;
    }
}
