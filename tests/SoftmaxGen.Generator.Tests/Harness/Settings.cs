using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>The settings of a user's project that bear on generated code.</summary>
internal sealed record Settings
{
    /// <summary>Gets the settings of a project that sets nothing.</summary>
    public static Settings Default { get; } = new();

    /// <summary>
    /// Gets the strictest settings: every warning there is, those about documentation included, is an error, arithmetic is checked and
    /// unsafe code refused. As nowhere in these tests, there are no implicit usings.
    /// </summary>
    public static Settings Strict { get; } = new()
    {
        DocumentationMode = DocumentationMode.Diagnose,
        CheckOverflow = true,
        WarningLevel = 9999,
        GeneralDiagnosticOption = ReportDiagnostic.Error,
    };

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.CSharp13;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public DocumentationMode DocumentationMode { get; init; } = DocumentationMode.Parse;

    public bool CheckOverflow { get; init; }

    public int WarningLevel { get; init; } = 4;

    public ReportDiagnostic GeneralDiagnosticOption { get; init; }

    /// <summary>Gets the options for the parser.</summary>
    public CSharpParseOptions ParseOptions => new(LanguageVersion, DocumentationMode);

    /// <summary>Gets the options for the compiler.</summary>
    public CSharpCompilationOptions CompilationOptions => new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        checkOverflow: CheckOverflow,
        allowUnsafe: false,
        generalDiagnosticOption: GeneralDiagnosticOption,
        warningLevel: WarningLevel,
        nullableContextOptions: Nullable);
}
