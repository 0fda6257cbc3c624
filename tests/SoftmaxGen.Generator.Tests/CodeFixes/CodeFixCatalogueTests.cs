using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SoftmaxGen.CodeFixes;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.CodeFixes;

/// <summary>What holds for every code fix.</summary>
public class CodeFixCatalogueTests
{
    private static readonly ImmutableArray<CodeFixProvider> _providers =
    [
        .. typeof(MakePartialCodeFix).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    [Fact]
    public void Each_is_exported_for_CSharp() => Assert.All(
        _providers,
        static provider => Assert.Equal([LanguageNames.CSharp], provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Languages));

    [Fact]
    public void Each_fixes_what_the_analyzers_report()
    {
        string[] reported = [.. AnalyzerHarness.SupportedDiagnostics.Select(static descriptor => descriptor.Id)];

        Assert.NotEmpty(_providers);
        Assert.All(_providers, provider => Assert.Subset(reported.ToHashSet(), provider.FixableDiagnosticIds.ToHashSet()));
    }

    [Fact]
    public void Each_fixes_all_in_documents_projects_and_solutions() => Assert.All(
        _providers,
        static provider => Assert.Equal(
            [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution],
            provider.GetFixAllProvider()!.GetSupportedFixAllScopes().Order()));
}
