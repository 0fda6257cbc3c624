namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>The choice of the vector width. The JIT knows the hardware, keeps one branch and never compiles the other widths.</summary>
internal sealed class DispatchEmitter(SourceWriter writer)
{
    public const int WidestBits = 512;

    /// <summary>
    /// Emits a method that hands its arguments to the kernels of the widest vectors, which have its name unless <paramref name="kernel"/> says otherwise.
    /// </summary>
    public void Emit(string result, string method, string parameters, string arguments, int widestBits, Func<int, string>? kernel = null)
    {
        writer.Open($"internal static {result} {method}({parameters})");
        EmitWidths(kernel ?? (_ => method), arguments, result == "void" ? "" : "return ", widestBits);
        writer.Close();
    }

    /// <summary>Emits the calls alone; <paramref name="returns"/> is empty for a method without a result.</summary>
    public void EmitWidths(string method, string arguments, string returns, int widestBits) => EmitWidths(_ => method, arguments, returns, widestBits);

    private void EmitWidths(Func<int, string> method, string arguments, string returns, int widestBits)
    {
        for (int bits = widestBits; bits > 128; bits /= 2)
        {
            writer.Open($"if (Vector{bits}.IsHardwareAccelerated)");
            writer.Write($"{returns}{KernelShell.Width(bits)}.{method(bits)}({arguments});");
            if (returns.Length == 0)
            {
                writer.Write("return;");
            }

            writer.Close();
            writer.BlankLine();
        }

        writer.Write($"{returns}{KernelShell.Width(128)}.{method(128)}({arguments});");
    }
}
