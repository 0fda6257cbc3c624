using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The operations of one width that reach into memory, or depend on the model. The others are the library's.</summary>
internal sealed class MemoryOperationsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
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
        if (width.Unpacked is not null)
        {
            string convert = IsDouble ? "DoubleClassIndices" : "SingleClassIndices";
            Emit("Vector", "ClassIndices(ref int labels)", $"RowLanes.{convert}(ref labels, {plan.Model.FirstKernelLabel})");
        }
    }

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
