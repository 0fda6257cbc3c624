namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// What one emitted method may weigh. The JIT compiles without optimisation, and several times slower code, beyond 8,000 local references, 60,000
/// bytes of IL or 2,000 locals; it counts before it inlines. Half of that is kept in reserve for what the estimates miss and for later versions of it.
/// </summary>
internal sealed record MethodBudget(int LocalReferences, int IlBytes, int Locals)
{
    /// <summary>Half of the JIT's limit; about 950 multiply-adds.</summary>
    public const int MaxLocalReferences = 4_000;

    /// <summary>Half of the JIT's limit.</summary>
    public const int MaxIlBytes = 30_000;

    /// <summary>Inlining, which every vector operation relies on, adds locals of its own and stops without a word near 920.</summary>
    public const int MaxLocals = 300;

    public static MethodBudget Default { get; } = new(MaxLocalReferences, MaxIlBytes, MaxLocals);

    public bool Holds(CodeSize size) =>
        size.LocalReferences <= LocalReferences && size.IlBytes <= IlBytes && size.Locals <= Locals;
}
