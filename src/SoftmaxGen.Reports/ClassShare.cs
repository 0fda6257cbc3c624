using System.Globalization;

namespace SoftmaxGen.Reports;

/// <summary>A class and how many rows it has. Immutable.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Weight">The number of its rows, or the sum of their weights.</param>
public sealed record ClassShare(string Name, double Weight)
{
    /// <summary>Counts the rows of each class.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="labels">The labels of the rows.</param>
    /// <returns>The classes in their order, those without a row among them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">A label is that of no class.</exception>
    public static IReadOnlyList<ClassShare> Count(ModelShape shape, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int[] counts = new int[shape.Classes];
        for (int row = 0; row < labels.Length; row++)
        {
            int index = shape.IndexOf(labels[row]);
            if (index < 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The label of row {row} is {labels[row]}, which is no class of the model."), nameof(labels));
            }

            counts[index]++;
        }

        return [.. counts.Select((count, index) => new ClassShare(shape.ClassName(index), count))];
    }
}
