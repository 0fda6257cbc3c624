using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>
/// Where the kernels of a model stand: in a namespace of their own, which no other model shares. Its usings stand inside, so that simple names mean the same whatever
/// types the user declares, and arithmetic reads as such.
/// </summary>
internal static class KernelShell
{
    /// <summary>The class that chooses the vector width.</summary>
    public const string Driver = "SoftmaxKernels";

    private const string Root = "SoftmaxGen.Generated";

    private static readonly string[] _namespaces =
    [
        "System",
        "System.Buffers",
        "System.Runtime.CompilerServices",
        "System.Runtime.InteropServices",
        "System.Runtime.Intrinsics",
        "SoftmaxGen.CompilerServices",
        "SoftmaxGen.Numerics",
    ];

    /// <summary>The full name of the driver, for the members of the model.</summary>
    public static string DriverOf(KernelPlan plan) => $"global::{NamespaceOf(plan)}.{Driver}";

    /// <summary>The class with the kernels of a vector width.</summary>
    public static string Width(int bits) => $"{Driver}{bits}";

    /// <summary>Opens the part of the driver in a file.</summary>
    public static void OpenDriver(SourceWriter writer, KernelPlan plan)
    {
        OpenNamespace(writer, plan);
        writer.BlankLine();
        writer.Open($"""
            /// <summary>Cuts rows into tiles and hands them to the kernels of the widest vectors the hardware has.</summary>
            internal static partial class {Driver}
            """);
    }

    /// <summary>Opens the part of a width's kernels in a file.</summary>
    public static void OpenWidth(SourceWriter writer, KernelPlan plan, WidthPlan width)
    {
        OpenNamespace(writer, plan);
        writer.Write($"""
            using static global::SoftmaxGen.CompilerServices.Operations{width.Bits}<{plan.Scalar}>;
            using static global::SoftmaxGen.Numerics.ScaledExp{width.Bits};
            using static global::SoftmaxGen.Numerics.FlushedExp;
            using static global::SoftmaxGen.Numerics.LaneReduction;
            using static global::SoftmaxGen.Numerics.MultiplyAdd;
            using static global::SoftmaxGen.Numerics.VectorLog;
            using static global::{NamespaceOf(plan)}.{Driver};
            using Vector = global::System.Runtime.Intrinsics.Vector{width.Bits}<{plan.Scalar}>;

            /// <summary>The kernels for {width.Bits}-bit vectors: {width.Lanes} rows at a time.</summary>
            """);
        writer.Open($"internal static partial class {Width(width.Bits)}");
    }

    /// <summary>Closes the class and its namespace.</summary>
    public static void Close(SourceWriter writer)
    {
        writer.Close();
        writer.Close();
    }

    private static void OpenNamespace(SourceWriter writer, KernelPlan plan)
    {
        writer.Open($"namespace {NamespaceOf(plan)}");
        foreach (string imported in _namespaces)
        {
            writer.Write($"using global::{imported};");
        }

        writer.Write("""
            using static global::System.Runtime.CompilerServices.MethodImplOptions;
            using BitOperations = global::System.Numerics.BitOperations;
            """);
    }

    private static string NamespaceOf(KernelPlan plan) => $"{Root}.{Identifier(plan.Model.Type)}";

    // Different for different models: a dot becomes an underscore, which never precedes a digit then, since no name begins with one; everything that is no
    // letter or digit is an underscore and a number.
    private static string Identifier(TypeSpec type)
    {
        var identifier = new StringBuilder();
        foreach (char unit in type.HintName)
        {
            _ = unit switch
            {
                '.' => identifier.Append('_'),
                '_' => identifier.Append("_1"),
                '+' => identifier.Append("_2"),
                '`' => identifier.Append("_3"),
                '-' => identifier.Append("_4"),
                _ => identifier.Append(unit),
            };
        }

        string name = identifier.ToString();
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : $"@{name}";
    }
}
