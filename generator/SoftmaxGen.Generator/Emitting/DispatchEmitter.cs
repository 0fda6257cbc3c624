using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The choice of the vector width. The JIT knows the hardware, keeps one branch and never compiles the other widths.</summary>
internal sealed class DispatchEmitter(SourceWriter writer)
{
    private const int WidestBits = BlockLayout.VectorBytes * 8;

    /// <summary>
    /// Emits a method that hands its arguments to the kernels of the widest vectors, which have its name unless <paramref name="kernel"/> says otherwise.
    /// </summary>
    public void Emit(string result, string method, string parameters, int widestBits = WidestBits, Func<int, string>? kernel = null)
    {
        string arguments = string.Join(", ", parameters.Split([", "], StringSplitOptions.None).Select(Argument));
        kernel ??= _ => method;
        if (result == "void")
        {
            writer.Open($"internal static void {method}({parameters})");
            EmitStatement(kernel, arguments, widestBits);
            writer.Close();
            return;
        }

        writer.Write($"internal static {result} {method}({parameters}) =>");
        EmitExpression(kernel, arguments, widestBits, "    ");
    }

    /// <summary>Emits the calls of kernels of one name, whose result is returned.</summary>
    public void EmitReturn(string method, string arguments)
    {
        writer.Write("return");
        EmitExpression(_ => method, arguments, WidestBits, "    ");
    }

    // A parameter without its type.
    private static string Argument(string parameter)
    {
        string[] words = parameter.Split(' ');
        return words.Length > 2 ? $"{words[0]} {words[2]}" : words[1];
    }

    private void EmitStatement(Func<int, string> kernel, string arguments, int widestBits)
    {
        for (int bits = widestBits; bits > 128; bits /= 2)
        {
            writer.Write($"{(bits < widestBits ? "else " : "")}if ({IsSupported(bits)}) {{ {Call(kernel, bits, arguments)}; }}");
        }

        writer.Write(widestBits > 128 ? $"else {{ {Call(kernel, 128, arguments)}; }}" : $"{Call(kernel, 128, arguments)};");
    }

    private void EmitExpression(Func<int, string> kernel, string arguments, int widestBits, string indent)
    {
        for (int bits = widestBits; bits > 128; bits /= 2)
        {
            writer.Write($"{indent}{IsSupported(bits)} ? {Call(kernel, bits, arguments)} :");
        }

        writer.Write($"{indent}{Call(kernel, 128, arguments)};");
    }

    private static string IsSupported(int bits) => $"Vector{bits}.IsHardwareAccelerated";

    private static string Call(Func<int, string> kernel, int bits, string arguments) => $"{KernelShell.Width(bits)}.{kernel(bits)}({arguments})";
}
