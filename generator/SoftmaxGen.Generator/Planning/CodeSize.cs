namespace SoftmaxGen.Generator.Planning;

/// <summary>What a method, or a part of one, weighs on the compilers. The sizes of parts add up.</summary>
/// <param name="Multiplications">Vector multiplications in the text, fused with an addition or not.</param>
/// <param name="LocalReferences">Instructions of IL that read or write a local or an argument: what the JIT counts before it starts.</param>
/// <param name="Locals">Locals of the IL; arguments are not among them.</param>
/// <param name="IlBytes">Bytes of IL.</param>
/// <param name="Statements">Statements of C#, blocks not counted.</param>
internal readonly record struct CodeSize(int Multiplications, int LocalReferences, int Locals, int IlBytes, int Statements)
{
    /// <summary>The size of two parts. The locals of scopes one after the other add up too: the compiler shares no slots between them.</summary>
    public static CodeSize operator +(CodeSize left, CodeSize right) => new(
        left.Multiplications + right.Multiplications,
        left.LocalReferences + right.LocalReferences,
        left.Locals + right.Locals,
        left.IlBytes + right.IlBytes,
        left.Statements + right.Statements);

    /// <summary>The size of a part that is written so many times over.</summary>
    public static CodeSize operator *(int times, CodeSize part) => new(
        times * part.Multiplications,
        times * part.LocalReferences,
        times * part.Locals,
        times * part.IlBytes,
        times * part.Statements);
}
