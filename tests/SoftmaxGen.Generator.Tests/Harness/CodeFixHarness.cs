using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>
/// A user's project open in an editor: the analyzer reports, the user chooses a fix. Its documents are <c>File0.cs</c>, <c>File1.cs</c> and so on.
/// </summary>
internal sealed class CodeFixHarness : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly CodeFixProvider _provider;
    private readonly ProjectId _project = ProjectId.CreateNewId();

    public CodeFixHarness(CodeFixProvider provider, params string[] sources)
    {
        _provider = provider;
        Settings settings = Settings.Default;
        Solution solution = _workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            _project,
            VersionStamp.Default,
            "User",
            "User",
            LanguageNames.CSharp,
            parseOptions: settings.ParseOptions,
            compilationOptions: settings.CompilationOptions,
            metadataReferences: References.All));
        for (int i = 0; i < sources.Length; i++)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(_project), $"File{i}.cs", sources[i], filePath: $"File{i}.cs");
        }

        Assert.True(_workspace.TryApplyChanges(solution));
    }

    private Project Project => _workspace.CurrentSolution.GetProject(_project)!;

    /// <summary>Gets the texts of the documents.</summary>
    public async Task<string[]> TextsAsync() =>
        await Task.WhenAll(Project.Documents.Select(static async document => (await document.GetTextAsync()).ToString()));

    /// <summary>Gets what the analyzer reports now, in the order of the documents.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerHarness.AnalyzeAsync((await Project.GetCompilationAsync())!);
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)];
    }

    /// <summary>Gets the fixes that are offered for a diagnostic.</summary>
    public async Task<IReadOnlyList<CodeAction>> OffersAsync(Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        await _provider.RegisterCodeFixesAsync(new CodeFixContext(
            Project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>Fixes the first diagnostic of an id.</summary>
    public async Task FixFirstAsync(string id)
    {
        Diagnostic diagnostic = (await DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id);
        await ApplyAsync(Assert.Single(await OffersAsync(diagnostic)));
    }

    /// <summary>Fixes all diagnostics of an id in a scope, beginning with the first.</summary>
    public async Task FixAllAsync(string id, FixAllScope scope)
    {
        Diagnostic first = (await DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id);
        CodeAction offer = Assert.Single(await OffersAsync(first));
        await ApplyAsync(await FixAllActionAsync(id, scope, offer.EquivalenceKey));
    }

    /// <summary>Gets the action that fixes all diagnostics of an id in a scope, for an editor that names the fix or none.</summary>
    public async Task<CodeAction> FixAllActionAsync(string id, FixAllScope scope, string? equivalenceKey)
    {
        Diagnostic first = (await DiagnosticsAsync()).First(diagnostic => diagnostic.Id == id);
        FixAllContext context = new(
            Project.GetDocument(first.Location.SourceTree)!, _provider, scope, equivalenceKey!, [id], new Reports(this), CancellationToken.None);
        return (await _provider.GetFixAllProvider()!.GetFixAsync(context))!;
    }

    public void Dispose() => _workspace.Dispose();

    private async Task ApplyAsync(CodeAction action)
    {
        CodeActionOperation operation = Assert.Single(await action.GetOperationsAsync(CancellationToken.None));
        operation.Apply(_workspace, CancellationToken.None);
    }

    /// <summary>Tells a fix for all what there is to fix.</summary>
    private sealed class Reports(CodeFixHarness harness) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await harness.DiagnosticsAsync()).Where(diagnostic => diagnostic.Location.SourceTree!.FilePath == document.FilePath);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await harness.DiagnosticsAsync();
    }
}
