using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// A row that is a few terms, values each with its column, all other columns being 0: a category takes one addition of a weight, however many levels there
/// are. For generated code alone. Thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTerms
{
    /// <summary>Makes features of the terms of a row.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each, all different where the values are not 0.</param>
    /// <param name="features">Receives the features.</param>
    /// <exception cref="ArgumentException">There is not one column for each value.</exception>
    /// <exception cref="IndexOutOfRangeException">A column is none of the features.</exception>
    public static void Scatter<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, Span<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(columns.Length, values.Length, nameof(columns));
        features.Clear();
        for (int term = 0; term < values.Length; term++)
        {
            features[columns[term]] += values[term];
        }
    }

    /// <summary>Computes by how much the score of class 1 exceeds that of class 0.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each.</param>
    /// <param name="weights">The weights, by <see cref="PredictionWeights.Difference"/>.</param>
    /// <param name="features">The number of features, <c>m</c>.</param>
    /// <param name="lanes">The features of a vector.</param>
    /// <returns>The difference; where it is not finite, the features must tell.</returns>
    /// <exception cref="ArgumentException">There is not one column for each value.</exception>
    /// <exception cref="IndexOutOfRangeException">A column is none of the features.</exception>
    public static T Difference<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, T[] weights, int features, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(columns.Length, values.Length, nameof(columns));
        (int bias, int last) = PredictionWeights.PlacesOfDifference(features, lanes);
        ReadOnlySpan<T> all = PredictionWeights.Aligned(weights);
        T even = all[bias];
        T odd = T.Zero;
        int term = 0;
        for (; term < values.Length - 1; term += 2)
        {
            even += values[term] * all[Place(columns[term])];
            odd += values[term + 1] * all[Place(columns[term + 1])];
        }

        return term < values.Length ? even + odd + (values[term] * all[Place(columns[term])]) : even + odd;

        // The last vector ends with the last feature, and repeats some of the one before.
        int Place(int column) => column < last ? column : column + bias - features;
    }
}
