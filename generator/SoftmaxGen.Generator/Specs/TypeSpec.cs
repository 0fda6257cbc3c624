namespace SoftmaxGen.Generator.Specs;

/// <summary>The class to complete, in words that can be printed as they are: every name that is a keyword carries its <c>@</c>.</summary>
/// <param name="Namespace">The namespace, dotted; empty for the global namespace.</param>
/// <param name="EnclosingTypes">The types around the class, the outermost first.</param>
/// <param name="Name">The name, without type parameters.</param>
/// <param name="TypeParameters">The names of the type parameters.</param>
/// <param name="HintName">The stem of the generated files' names, unique in the compilation whether or not case counts.</param>
internal sealed record TypeSpec(
    string Namespace,
    EquatableArray<EnclosingType> EnclosingTypes,
    string Name,
    EquatableArray<string> TypeParameters,
    string HintName)
{
    /// <summary>Gets the name with its type parameters, as written in a declaration: <c>Foo&lt;T&gt;</c>.</summary>
    public string NameWithTypeParameters => TypeParameters.Count == 0 ? Name : $"{Name}<{string.Join(", ", TypeParameters)}>";

    /// <summary>Gets the name by which generated code refers to the class from anywhere: <c>global::Ns.Outer&lt;T&gt;.Foo</c>.</summary>
    public string SelfReference
    {
        get
        {
            IEnumerable<string> path = EnclosingTypes.Select(static type => type.NameWithTypeParameters).Append(NameWithTypeParameters);
            return $"global::{(Namespace.Length == 0 ? "" : Namespace + ".")}{string.Join(".", path)}";
        }
    }
}
