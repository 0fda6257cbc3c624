using System.Globalization;

namespace SoftmaxGen.Compiler;

/// <summary>
/// A row of values, one for each of <see cref="ShapeDefinition.Features"/>: of a number or a flag in <see cref="Numbers"/>, of a category or a hashed text in
/// <see cref="Texts"/>, at the place of the feature. NaN and null are blanks.
/// </summary>
/// <param name="numbers">The numbers; of a flag 0 or 1. What stands at the places of texts does not matter.</param>
/// <param name="texts">The texts. What stands at the places of numbers does not matter.</param>
public readonly ref struct RowValues(ReadOnlySpan<double> numbers, ReadOnlySpan<string?> texts)
{
    /// <summary>Gets the numbers, NaN for a blank.</summary>
    public ReadOnlySpan<double> Numbers { get; } = numbers;

    /// <summary>Gets the texts, null for a blank.</summary>
    public ReadOnlySpan<string?> Texts { get; } = texts;

    /// <summary>Gets a number that may be blank.</summary>
    /// <param name="feature">The index of the feature.</param>
    /// <returns>The number; null for a blank.</returns>
    public double? OptionalNumber(int feature) => double.IsNaN(Numbers[feature]) ? null : Numbers[feature];

    /// <summary>Gets a flag.</summary>
    /// <param name="feature">The index of the feature.</param>
    /// <param name="name">What to call the feature.</param>
    /// <returns>The flag.</returns>
    /// <exception cref="ArgumentException">The flag is blank, or neither 0 nor 1.</exception>
    public bool Flag(int feature, string name) =>
        OptionalFlag(feature, name) ?? throw new ArgumentException($"{name} is blank, and has no column for blanks.", nameof(feature));

    /// <summary>Gets a flag that may be blank.</summary>
    /// <param name="feature">The index of the feature.</param>
    /// <param name="name">What to call the feature.</param>
    /// <returns>The flag; null for a blank.</returns>
    /// <exception cref="ArgumentException">The flag is neither 0 nor 1.</exception>
    public bool? OptionalFlag(int feature, string name) => Numbers[feature] switch
    {
        0 => false,
        1 => true,
        double.NaN => null,
        double other => throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"{name} is {other}; a flag is 0 or 1."), nameof(feature)),
    };

    /// <summary>Refuses a row of another length.</summary>
    /// <param name="count">The number of features of the definition.</param>
    /// <exception cref="ArgumentException">There is not one number and one text for each.</exception>
    public void Require(int count)
    {
        if (Numbers.Length != count || Texts.Length != count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The row has {Numbers.Length} numbers and {Texts.Length} texts; the shape has {count} features, and one of each is needed for each."));
        }
    }
}
