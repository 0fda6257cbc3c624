using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>
/// The local variables of one body, those of its lambdas and local functions too: what each is given where it is declared, and where it is used. The
/// body is read once, when the first variable is asked for, so that the analysis of a body is linear in its length. Not thread-safe.
/// </summary>
/// <param name="body">All operations of the body.</param>
internal sealed class BodyLocals(IReadOnlyList<IOperation> body)
{
    private readonly Dictionary<ILocalSymbol, List<ILocalReferenceOperation>> _uses = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, IOperation> _initializers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ILocalSymbol> _written = new(SymbolEqualityComparer.Default);
    private bool _isRead;

    /// <summary>Finds the uses of a variable.</summary>
    /// <returns>The uses; none for a variable of another body.</returns>
    public IReadOnlyList<ILocalReferenceOperation> Uses(ILocalSymbol local)
    {
        Read();
        return _uses.TryGetValue(local, out List<ILocalReferenceOperation>? uses) ? uses : [];
    }

    /// <summary>Finds the only value that a variable ever has: it is given the value where it is declared, and never another.</summary>
    /// <returns>The value, or null when there is none or may be several.</returns>
    public IOperation? OnlyValue(ILocalSymbol local)
    {
        Read();
        return _initializers.TryGetValue(local, out IOperation? value) && !_written.Contains(local) ? value : null;
    }

    private void Read()
    {
        if (_isRead)
        {
            return;
        }

        _isRead = true;
        foreach (IOperation operation in body)
        {
            if (operation is ILocalReferenceOperation use)
            {
                Add(use);
            }
            else if (operation is IVariableDeclaratorOperation { Initializer.Value: { } value } declarator)
            {
                _initializers[declarator.Symbol] = value;
            }
        }
    }

    private void Add(ILocalReferenceOperation use)
    {
        if (!_uses.TryGetValue(use.Local, out List<ILocalReferenceOperation>? uses))
        {
            _uses[use.Local] = uses = [];
        }

        uses.Add(use);
        if (IsWritten(use))
        {
            _written.Add(use.Local);
        }
    }

    private static bool IsWritten(ILocalReferenceOperation use) => use.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == use,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        ITupleOperation => true,
        _ => false,
    };
}
