using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The vector operations that the kernels of one width are written in: all that differs between widths and precisions.</summary>
internal sealed class VectorOperationsEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width)
{
    private readonly string _scalar = plan.Scalar;
    private readonly string _static = $"{Names.Intrinsics}.Vector{width.Bits}";
    private readonly string _vector = $"{Names.Intrinsics}.Vector{width.Bits}<{plan.Scalar}>";

    private bool IsDouble => plan.Model.Precision == Precision.Double;

    private string Integers => $"{_static}<{(IsDouble ? "long" : "int")}>";

    private string AsIntegers => IsDouble ? "AsInt64" : "AsInt32";

    private string AsScalars => IsDouble ? "AsDouble" : "AsSingle";

    // Contrasts are held to this, each or as the root of their sum of squares, so that the exponentials and their sum stay normal.
    private string Reach => IsDouble ? "690" : "80";

    public void Emit()
    {
        writer.Write("// The operations that the kernels are written in.");
        OffsetEmitter.Emit(writer, plan);
        Emit(_vector, "Zero()", $"{_vector}.Zero");
        Emit(_vector, "One()", $"{_vector}.One");
        Emit(_vector, "AllBits()", $"{_vector}.AllBitsSet");
        Emit(_vector, "MaxReach()", $"{_static}.Create(({_scalar})({Reach} * Scale * ({Reach} * Scale)))");
        Emit(_vector, "InverseScale()", $"{_static}.Create(({_scalar})(1 / Scale))");
        Emit(_vector, $"Constant({_scalar} value)", $"{_static}.Create(value)");
        Emit(_vector, $"Broadcast(ref {_scalar} source, nuint index)", $"{_static}.Create({Names.Unsafe}.Add(ref source, index))");
        Emit(_vector, $"Load(ref {_scalar} source, nuint index)", $"{_static}.LoadUnsafe(ref source, index)");
        Emit("void", $"Store({_vector} value, ref {_scalar} target, nuint index)", $"{_static}.StoreUnsafe(value, ref target, index)");
        Emit(Integers, $"LoadExponents(ref {_scalar} source, nuint index)", $"{_static}.{AsIntegers}(Load(ref source, index))");
        Emit("void", $"StoreExponents({Integers} value, ref {_scalar} target, nuint index)", $"Store({_static}.{AsScalars}(value), ref target, index)");
        Emit(_vector, $"Fma({_vector} a, {_vector} b, {_vector} c)", $"{_static}.MultiplyAddEstimate(a, b, c)");
        Emit(_vector, $"Exp({_vector} scaled)", $"{Names.Numerics}.ScaledExp{width.Bits}.Of(scaled)");
        Emit(_vector, $"Log({_vector} value)", $"{Names.Numerics}.VectorLog.Of(value)");
        Emit(_vector, $"Select({_vector} key, {_vector} value, {_vector} equal, {_vector} different)", $"{_static}.ConditionalSelect({_static}.Equals(key, value), equal, different)");
        Emit(_vector, $"LessOrEqual({_vector} a, {_vector} b)", $"{_static}.LessThanOrEqual(a, b)");
        if (width.Softmax.OverlapsDivision)
        {
            EmitOverlapped();
        }

        Emit("bool", $"All({_vector} condition)", $"{_static}.EqualsAll({_static}.{AsIntegers}(condition), {Integers}.AllBitsSet)");
        Emit("void", $"Prefetch(ref {_scalar} source, nuint index)", $"{Names.Support}.Prefetch.Line(ref {Names.Unsafe}.Add(ref source, index))");
        EmitExponentAndMantissa();
        EmitAddSum();
        if (width.Bits == DirectPlan.Bits && plan.Direct is not null)
        {
            EmitClassIndices();
            EmitRowLanes();
        }

        if (width.Bits == ShortRowsPlan.Bits && plan.ShortRows is not null)
        {
            EmitClassIndices();
        }

        new PredictionOperationsEmitter(writer, plan, width).Emit();
    }

    private void EmitOverlapped()
    {
        string exp = $"{Names.Numerics}.ScaledExp{width.Bits}";
        Emit(_vector, $"Power({_vector} scaled)", $"{exp}.Power(scaled)");
        Emit(_vector, $"Fraction({_vector} scaled)", $"{exp}.Fraction(scaled)");
        Emit(_vector, $"Exp({_vector} power, {_vector} fraction)", $"{exp}.Of(power, fraction)");

        // The larger of two magnitudes, and a number rather than a NaN, which shows in the sum of the exponentials.
        Emit(_vector, $"Farther({_vector} reach, {_vector} t)", $"{Names.Intrinsics}.X86.Avx512DQ.Range(reach, t, 0b1011)");
        Emit(
            _vector,
            $"Within({_vector} reach, {_vector} value)",
            $"{_static}.ConditionalSelect(LessOrEqual(reach, Constant(({_scalar})({Reach} * Scale))), value, Constant({_scalar}.NaN))");
        Emit(_vector, "LeastProbability()", $"Constant({(IsDouble ? "1e-300" : "1e-36f")})");
        Emit("int", $"ClassIndex({_scalar} value)", $"{_scalar}.ConvertToIntegerNative<int>(value)");
    }

    private void EmitExponentAndMantissa()
    {
        (int shift, string bias, string mask, string one) = IsDouble
            ? (52, "1023L", "0x000FFFFFFFFFFFFFL", "0x3FF0000000000000L")
            : (23, "127", "0x007FFFFF", "0x3F800000");
        Emit(Integers, $"Exponent({_vector} positive)", $"({_static}.{AsIntegers}(positive) >>> {shift}) - {_static}.Create({bias})");
        Emit(_vector, $"Mantissa({_vector} positive)", $"{_static}.{AsScalars}(({_static}.{AsIntegers}(positive) & {_static}.Create({mask})) | {_static}.Create({one}))");
    }

    private void EmitClassIndices() => Emit(
        _vector, "ClassIndices(ref int labels)", $"{Names.Support}.RowLanes.{(IsDouble ? "Double" : "Single")}ClassIndices(ref labels, {plan.Model.FirstKernelLabel})");

    private void EmitRowLanes()
    {
        string lanes = $"{Names.Support}.RowLanes";
        Emit(_vector, $"SumElements({_vector} a, {_vector} b)", $"{lanes}.SumElements(a, b)");
        if (!IsDouble)
        {
            Emit(_vector, $"SumPairs({_vector} a, {_vector} b)", $"{lanes}.SumPairs(a, b)");
        }

        Emit(_vector, $"SumQuarters({_vector} a, {_vector} b)", $"{lanes}.SumQuarters(a, b)");
    }

    private void EmitAddSum()
    {
        string wide = IsDouble ? "sum" : $"{_static}.WidenLower(sum) + {_static}.WidenUpper(sum)";
        string doubles = $"{Names.Intrinsics}.Vector{width.Bits}";
        Emit("void", $"AddVectorSum({_vector} sum, ref double g, nuint index)", $"{doubles}.StoreUnsafe({doubles}.LoadUnsafe(ref g, index) + {(IsDouble ? wide : $"({wide})")}, ref g, index)");
        Emit("double", "VectorSum(ref double g)", $"{doubles}.Sum({doubles}.LoadUnsafe(ref g))");
        Emit("void", $"AddSum({_vector} sum, ref double g, nuint index)", $"{Names.Unsafe}.Add(ref g, index) += {doubles}.Sum({wide})");
    }

    private void Emit(string result, string signature, string body)
    {
        writer.BlankLine();
        writer.Write($"""
            {Names.Inline}
            private static {result} {signature} =>
                {body};
            """);
    }
}
