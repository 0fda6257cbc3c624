using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;
using static System.FormattableString;

namespace SoftmaxGen.Persistence;

/// <summary>Rounds weights of other programs, which are of <see cref="double"/>, to those of a model.</summary>
internal static class Rounding
{
    /// <summary>Rounds weights.</summary>
    /// <exception cref="ModelFormatException">A weight is too large for the type.</exception>
    public static T[] To<T>(double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rounded = new T[weights.Length];
        Precision.Narrow<T>(weights, rounded);
        int index = FiniteScan.FirstNonFinite<T>(rounded);
        return index < 0
            ? rounded
            : throw new ModelFormatException(Invariant($"Weight {index} is {weights[index]}; the model's precision does not hold it."));
    }
}
