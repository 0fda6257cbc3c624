using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace SoftmaxGen.CompilerServices;

/// <summary>What is known of the labels of a model. Implemented by generated code alone, beside the members of the model.</summary>
/// <typeparam name="TLabel">The type of a label.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Naming", "CA1716", Justification = "Generated code alone implements it, in C#.")]
public interface IModelLabels<TLabel>
{
    /// <summary>Gets the model's constants, for messages.</summary>
    static abstract ModelShape Shape { get; }

    /// <summary>Finds the label of a class.</summary>
    /// <param name="index">The index of the class, from 0.</param>
    /// <returns>The label.</returns>
    static abstract TLabel Of(int index);
}
