using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>
/// The choice of the vector width. The JIT knows the hardware, keeps one branch and never compiles the other widths. Where the plan knows it, too, there is
/// nothing to choose.
/// </summary>
internal sealed class DispatchEmitter(SourceWriter writer, KernelPlan plan)
{
    private const int WidestBits = BlockLayout.VectorBytes * 8;

    /// <summary>
    /// Emits a method that hands its arguments to the kernels of the widest vectors, which have its name unless <paramref name="callee"/> says otherwise.
    /// </summary>
    /// <param name="result">The type of the result.</param>
    /// <param name="method">The name.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="widestBits">The widest vectors that there are kernels for.</param>
    /// <param name="callee">What is called at a width.</param>
    /// <param name="arguments">What it is called with; the parameters, one by one, where null.</param>
    public void Emit(
        string result, string method, string parameters, int widestBits = WidestBits, Func<int, string>? callee = null, string? arguments = null)
    {
        arguments ??= string.Join(", ", parameters.Split([", "], StringSplitOptions.None).Select(Argument));
        callee ??= bits => $"{KernelShell.Width(bits)}.{method}";
        if (plan.OnlyBits is { } onlyBits)
        {
            writer.Write($"public static {result} {method}({parameters}) => {callee(Math.Min(onlyBits, widestBits))}({arguments});");
            return;
        }

        if (result == "void")
        {
            writer.Open($"public static void {method}({parameters})");
            for (int bits = widestBits; bits > 128; bits /= 2)
            {
                writer.Write($"{(bits < widestBits ? "else " : "")}if ({IsSupported(bits)}) {{ {callee(bits)}({arguments}); }}");
            }

            writer.Write(widestBits > 128 ? $"else {{ {callee(128)}({arguments}); }}" : $"{callee(128)}({arguments});");
            writer.Close();
            return;
        }

        writer.Write($"public static {result} {method}({parameters}) =>");
        for (int bits = widestBits; bits > 128; bits /= 2)
        {
            writer.Write($"    {IsSupported(bits)} ? {callee(bits)}({arguments}) :");
        }

        writer.Write($"    {callee(128)}({arguments});");
    }

    // A parameter without its type.
    private static string Argument(string parameter)
    {
        string[] words = parameter.Split(' ');
        return words.Length > 2 ? $"{words[0]} {words[2]}" : words[1];
    }

    private static string IsSupported(int bits) => $"Vector{bits}.IsHardwareAccelerated";
}
