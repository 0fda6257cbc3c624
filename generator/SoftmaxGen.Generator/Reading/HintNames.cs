using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The stems of the generated files' names: the metadata names of the models (<c>Ns.Outer`1+Foo</c>), unique but for case, which neither the compiler's
/// list of generated files nor every file system minds. One object names the models of one run, on one thread: a namespace may have a thousand types,
/// and to go through them for each of its models took as long as all other reading.
/// </summary>
internal sealed class HintNames
{
    private readonly Dictionary<ISymbol, ILookup<string, string>> _members = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, string> _outer = new(SymbolEqualityComparer.Default);

    /// <summary>Names a model.</summary>
    /// <param name="type">The model.</param>
    /// <returns>The stem.</returns>
    public string Of(INamedTypeSymbol type) => OfOuter((INamespaceOrTypeSymbol)type.ContainingSymbol) + Part(type);

    private string OfOuter(INamespaceOrTypeSymbol symbol)
    {
        if (!_outer.TryGetValue(symbol, out string name))
        {
            name = symbol switch
            {
                INamespaceSymbol { IsGlobalNamespace: true } => "",
                INamespaceSymbol space => $"{OfOuter(space.ContainingNamespace)}{Part(space)}.",
                _ => $"{OfOuter((INamespaceOrTypeSymbol)symbol.ContainingSymbol)}{Part(symbol)}+",
            };
            _outer.Add(symbol, name);
        }

        return name;
    }

    // Of neighbours that differ in case alone, the later ones are numbered; no identifier contains the hyphen.
    private string Part(INamespaceOrTypeSymbol symbol)
    {
        string name = symbol.MetadataName;
        int rank = Members((INamespaceOrTypeSymbol)symbol.ContainingSymbol)[name].Count(neighbour => string.CompareOrdinal(neighbour, name) < 0);
        return rank == 0 ? name : $"{name}-{rank}";
    }

    private ILookup<string, string> Members(INamespaceOrTypeSymbol outer)
    {
        if (!_members.TryGetValue(outer, out ILookup<string, string> members))
        {
            members = outer.GetMembers()
                .OfType<INamespaceOrTypeSymbol>()
                .Select(static member => member.MetadataName)
                .Distinct(StringComparer.Ordinal)
                .ToLookup(static name => name, StringComparer.OrdinalIgnoreCase);
            _members.Add(outer, members);
        }

        return members;
    }
}
