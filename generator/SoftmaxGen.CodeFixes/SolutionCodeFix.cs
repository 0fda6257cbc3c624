using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SoftmaxGen.CodeFixes;

/// <summary>A fix that may reach into any document of a solution. What it does for one diagnostic and for all is the same function.</summary>
public abstract class SolutionCodeFix : CodeFixProvider
{
    private readonly string _title;
    private readonly SolutionFixAllProvider _fixAll;

    private protected SolutionCodeFix(string title)
    {
        _title = title;
        _fixAll = new SolutionFixAllProvider(title, FixAsync);
    }

    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;

        // What would change nothing is not offered.
        if (await FixAsync(solution, context.Diagnostics, context.CancellationToken).ConfigureAwait(false) != solution)
        {
            context.RegisterCodeFix(
                CodeAction.Create(_title, cancellationToken => FixAsync(solution, context.Diagnostics, cancellationToken), _title), context.Diagnostics);
        }
    }

    /// <summary>Mends whatever of the diagnostics can be mended.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="diagnostics">The diagnostics, all of an id that the fix is for.</param>
    /// <param name="cancellationToken">Abandons the work.</param>
    /// <returns>The solution after it; the same one when there is nothing that can be mended.</returns>
    private protected abstract Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken);
}
