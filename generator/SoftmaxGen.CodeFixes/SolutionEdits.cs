using Microsoft.CodeAnalysis;

namespace SoftmaxGen.CodeFixes;

/// <summary>Finds and replaces nodes in any number of documents.</summary>
internal static class SolutionEdits
{
    /// <summary>Finds what a diagnostic underlines.</summary>
    /// <returns>The node and the semantics of its file; null where the file has no document.</returns>
    public static async Task<(SyntaxNode Node, SemanticModel Semantics)?> FindAsync(
        Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
        {
            return null;
        }

        SyntaxNode root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return (root.FindNode(diagnostic.Location.SourceSpan), semantics);
    }

    /// <summary>Replaces nodes. Those that lie in others of them are replaced too.</summary>
    /// <typeparam name="TNode">The kind of the nodes.</typeparam>
    /// <param name="solution">The solution.</param>
    /// <param name="nodes">The nodes; none twice.</param>
    /// <param name="replace">Gives the replacement of a node: of the node as it was, and as it is after all replacements inside it.</param>
    /// <param name="cancellationToken">Abandons the work.</param>
    public static async Task<Solution> ReplaceAsync<TNode>(
        Solution solution, IEnumerable<TNode> nodes, Func<TNode, TNode, TNode> replace, CancellationToken cancellationToken)
        where TNode : SyntaxNode
    {
        foreach (IGrouping<SyntaxTree, TNode> file in nodes.GroupBy(static node => node.SyntaxTree))
        {
            // Generated files have no document that could be edited.
            if (solution.GetDocumentId(file.Key) is { } id)
            {
                SyntaxNode root = await file.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
                solution = solution.WithDocumentSyntaxRoot(id, root.ReplaceNodes(file, replace));
            }
        }

        return solution;
    }
}
