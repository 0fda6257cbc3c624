using System.Globalization;
using System.Numerics;

namespace SoftmaxGen.Persistence;

/// <summary>Rounds weights of other programs, which are of <see cref="double"/>, to those of a model.</summary>
internal static class Rounding
{
    /// <summary>Rounds weights.</summary>
    /// <typeparam name="T">The type to round to.</typeparam>
    /// <param name="weights">The weights.</param>
    /// <returns>The weights, finite.</returns>
    /// <exception cref="ModelFormatException">A weight is too large for the type.</exception>
    public static T[] To<T>(double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rounded = new T[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            rounded[i] = T.CreateTruncating(weights[i]);
            if (!T.IsFinite(rounded[i]))
            {
                throw new ModelFormatException(string.Create(
                    CultureInfo.InvariantCulture, $"Weight {i} is {weights[i]}; the model's precision does not hold it."));
            }
        }

        return rounded;
    }
}
