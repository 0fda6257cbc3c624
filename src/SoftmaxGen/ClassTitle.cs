using System.Globalization;

namespace SoftmaxGen;

/// <summary>What messages call a class, behind the words "the class".</summary>
internal static class ClassTitle
{
    /// <summary>Names a class.</summary>
    /// <returns>The name that the enum or the attribute gives it, in quotes; its label where there is none.</returns>
    public static string Of(ModelShape shape, int index) => shape.ClassNames.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"labelled {shape.Label(index)}")
        : $"'{shape.ClassNames[index]}'";
}
