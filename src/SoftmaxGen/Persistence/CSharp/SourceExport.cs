using System.Numerics;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>Writes models as C# for programs that cannot take a package. Thread-safe.</summary>
/// <remarks>
/// More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/games-and-embedded.md#without-the-package">programs without the package</see>.
/// </remarks>
/// <example>
/// <code>
/// File.WriteAllText("Iris.cs", model.ToCSharp("Game.Iris"));
/// </code>
/// </example>
public static class SourceExport
{
    /// <summary>
    /// Writes a model as a C# file that depends on nothing but the framework: a static class with <c>Predict</c> and <c>PredictProbabilities</c>, which
    /// allocate nothing, the weights among its constants. It computes in double whatever the model's precision, a row at a time, without vectors:
    /// where rounding alone decides between two classes, its label may be the other one. Where a row type has more than numbers, the class has its encoder,
    /// too: a structure <c>Row</c> of the members that are features, in which numbers are <see cref="double"/> and enums the integers they are stored as;
    /// <c>Encode</c>, which makes features of a row; and predictions of rows.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="typeName">The full name of the class to write: <c>Namespace.Type</c>, or <c>Type</c> in the global namespace.</param>
    /// <returns>
    /// The file, of C# 7.3 or later, with an encoder of C# 8 or later: lines end in <c>\n</c>, and the same model gives the same text in every culture.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="typeName"/> is not made of identifiers and dots, or the class would have the name of one of its members.
    /// </exception>
    public static string ToCSharp<TModel, T>(this ISoftmaxModel<TModel, T> model, string typeName)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return CSharpModel.Write(TModel.Shape, model.Weights, TModel.EncoderSource, CSharpName.Parse(typeName, nameof(typeName)));
    }
}
