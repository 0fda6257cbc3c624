using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The operations of one width that reach into memory, or depend on the model. The others are the library's.</summary>
internal sealed class MemoryOperationsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private const int BitsPerLabel = 8 * sizeof(int);

    private readonly string _scalar = plan.Scalar;
    private readonly string _vector = $"Vector{width.Bits}";

    private bool IsDouble => plan.Model.Precision == Precision.Double;

    public void Emit()
    {
        writer.Write("// The operations that reach into memory.");
        Emit("Vector", $"Load(ref {_scalar} source, nuint index)", $"{_vector}.LoadUnsafe(ref source, index)");
        Emit("Vector", $"Broadcast(ref {_scalar} source, nuint index)", $"{_vector}.Create(Unsafe.Add(ref source, index))");
        Emit("void", $"Store(Vector value, ref {_scalar} target, nuint index)", "value.StoreUnsafe(ref target, index)");
        Emit("void", $"Prefetch(ref {_scalar} source, nuint index)", "CacheLine.Fetch(ref Unsafe.Add(ref source, index))");
        writer.BlankLine();
        writer.Write($"""
            {KernelText.Inline}
            private static ref T At<T>(ref T origin, nint offset) => ref Unsafe.Add(ref origin, offset);
            """);
        EmitAddSum();
        if (width.Batch is StandingBatch || width.Unpacked is ShortRowsPlan { FeaturesAtOnce: ShortRowsPlan.MostAtOnce })
        {
            EmitLoadRows();
        }

        if (width.Unpacked is not null)
        {
            string labels = $"Vector{width.Lanes * BitsPerLabel}.LoadUnsafe(ref labels)";
            Emit("Vector", "ClassIndices(ref int labels)", $"RowLanes.ClassIndices({labels}, {plan.Model.FirstKernelLabel})");
        }
    }

    // Four features each of as many rows as a vector has room for. Of two rows, the second is the next but one.
    private void EmitLoadRows()
    {
        string body = width.Lanes switch
        {
            16 when plan.Features > 4 => $"RowLanes.JoinQuarters({string.Join(", ", Enumerable.Range(0, 4).Select(row => Part(128, row)))})",
            8 when IsDouble => $"RowLanes.JoinHalves({Part(256, 0)}, {Part(256, 2)})",
            _ => "Load(ref source, index)",
        };
        Emit("Vector", $"LoadRows(ref {_scalar} source, nuint index)", body);
    }

    private string Part(int bits, int row) => $"Vector{bits}.LoadUnsafe(ref source, index{(row == 0 ? "" : $" + {row * plan.Features}")})";

    // Sums run in double whatever the model's type is.
    private void EmitAddSum()
    {
        string wide = IsDouble ? "sum" : $"({_vector}.WidenLower(sum) + {_vector}.WidenUpper(sum))";
        Emit("void", "AddVectorSum(Vector sum, ref double g, nuint index)", $"({_vector}.LoadUnsafe(ref g, index) + {wide}).StoreUnsafe(ref g, index)");
        Emit("void", "AddSum(Vector sum, ref double g, nuint index)", $"Unsafe.Add(ref g, index) += {_vector}.Sum({wide})");
    }

    private void Emit(string result, string signature, string body)
    {
        writer.BlankLine();
        writer.Write($"""
            {KernelText.Inline}
            private static {result} {signature} => {body};
            """);
    }
}
