using System.ComponentModel;

#pragma warning disable IDE0130 // The compiler looks for the types in this namespace.
namespace System.Runtime.CompilerServices
{
    /// <summary>Lets the compiler emit <c>required</c> members: netstandard2.0 does not have the type.</summary>
    [AttributeUsage(AttributeTargets.All)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    internal sealed class RequiredMemberAttribute : Attribute;

    /// <summary>Marks the constructors of types with <c>required</c> members: netstandard2.0 does not have the type.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Marks the copy constructors of records with <c>required</c> members: netstandard2.0 does not have the type.</summary>
    [AttributeUsage(AttributeTargets.Constructor)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}

#pragma warning restore IDE0130
