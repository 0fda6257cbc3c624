using Apache.Arrow;
using Apache.Arrow.Types;

namespace SoftmaxGen.Data.Arrow;

/// <summary>Which buffers of a record batch belong to which column.</summary>
internal static class ArrowBuffers
{
    /// <summary>Gets the columns of the buffers of a record batch.</summary>
    /// <returns>The name of the column of each buffer, up to the first column whose number of buffers differs from batch to batch.</returns>
    public static IReadOnlyList<string> Columns(Schema schema)
    {
        List<string> columns = [];
        foreach (Field field in schema.FieldsList)
        {
            if (Count(field.DataType) is not { } count)
            {
                break;
            }

            columns.AddRange(Enumerable.Repeat(field.Name, count));
        }

        return columns;
    }

    private static int? Count(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Null => 0,
        ArrowTypeId.StringView or ArrowTypeId.BinaryView or ArrowTypeId.Extension => null,
        ArrowTypeId.String or ArrowTypeId.Binary or ArrowTypeId.LargeString or ArrowTypeId.LargeBinary => 3,
        _ when type is NestedType => null,
        _ => 2,
    };
}
