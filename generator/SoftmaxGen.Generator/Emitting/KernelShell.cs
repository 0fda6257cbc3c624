using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>
/// Where the kernels of a model stand: in a namespace of their own, which no other model shares. Its usings stand inside, so that simple names mean the same
/// whatever types the user declares, and arithmetic reads as such.
/// </summary>
internal static class KernelShell
{
    /// <summary>The class that chooses the vector width.</summary>
    public const string Driver = "SoftmaxKernels";

    private const string Root = "SoftmaxGen.Generated";

    // Structs, because the JIT compiles what is generic over a struct for it alone.
    private const string Declaration = "internal readonly partial struct ";

    private static readonly string[] _namespaces =
    [
        "System",
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

    /// <summary>Begins the file of the driver.</summary>
    public static void BeginDriver(SourceWriter writer, KernelPlan plan)
    {
        writer.Write($"namespace {NamespaceOf(plan)};");
        writer.BlankLine();
        WriteUsings(writer);
        writer.BlankLine();
        writer.Write("/// <summary>The sizes of the model and its tiles, and the choice of the kernels.</summary>");
        writer.Open($"{Declaration}{Driver} : IPredictionKernels<{plan.Scalar}>");
    }

    /// <summary>Begins the file of a width's kernels.</summary>
    public static void BeginWidth(SourceWriter writer, KernelPlan plan, WidthPlan width)
    {
        writer.Write($"namespace {NamespaceOf(plan)};");
        writer.BlankLine();
        WriteUsings(writer);
        WriteUsings(writer, plan, width);
        writer.BlankLine();
        writer.Write($"/// <summary>The kernels for {width.Bits}-bit vectors: {width.Lanes} rows at a time.</summary>");
        writer.Open($"{Declaration}{Width(width.Bits)}{(plan.Trains(width) ? $" : ITileKernels<{Driver}, {plan.Scalar}>" : "")}");
    }

    /// <summary>Opens another part of the driver, in a file with other namespaces.</summary>
    public static void OpenDriver(SourceWriter writer, KernelPlan plan)
    {
        writer.Open($"namespace {NamespaceOf(plan)}");
        WriteUsings(writer);
        writer.BlankLine();
        writer.Open($"{Declaration}{Driver}");
    }

    /// <summary>Opens another part of a width's kernels, in a file with other namespaces.</summary>
    public static void OpenWidth(SourceWriter writer, KernelPlan plan, WidthPlan width)
    {
        writer.Open($"namespace {NamespaceOf(plan)}");
        WriteUsings(writer);
        WriteUsings(writer, plan, width);
        writer.BlankLine();
        writer.Open($"{Declaration}{Width(width.Bits)}");
    }

    /// <summary>Closes a part and its namespace.</summary>
    public static void Close(SourceWriter writer)
    {
        writer.Close();
        writer.Close();
    }

    private static void WriteUsings(SourceWriter writer)
    {
        foreach (string imported in _namespaces)
        {
            writer.Write($"using global::{imported};");
        }

        writer.Write("using static global::System.Runtime.CompilerServices.MethodImplOptions;");
    }

    private static void WriteUsings(SourceWriter writer, KernelPlan plan, WidthPlan width) => writer.Write($"""
        using static global::SoftmaxGen.CompilerServices.Operations{width.Bits}<{plan.Scalar}>;
        using static global::SoftmaxGen.Numerics.ScaledExp{width.Bits};
        using static global::SoftmaxGen.Numerics.FlushedExp;
        using static global::SoftmaxGen.Numerics.LaneReduction;
        using static global::SoftmaxGen.Numerics.MultiplyAdd;
        using static global::SoftmaxGen.Numerics.VectorLog;
        using BitOperations = global::System.Numerics.BitOperations;
        using Vector = global::System.Runtime.Intrinsics.Vector{width.Bits}<{plan.Scalar}>;
        """);

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
