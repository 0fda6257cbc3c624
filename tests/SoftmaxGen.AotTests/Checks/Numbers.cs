using System.Numerics;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Oracles compute in double, models in their own precision.</summary>
internal static class Numbers
{
    /// <summary>Converts to the precision of a model.</summary>
    public static T[] Of<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, T.CreateChecked);

    /// <summary>Converts to double.</summary>
    public static double[] Widened<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, double.CreateChecked);

    /// <summary>Makes an array for results: what a member does not write shows.</summary>
    public static T[] Unwritten<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[length];
        Array.Fill(values, T.NaN);
        return values;
    }

    /// <summary>Finds the largest absolute value.</summary>
    public static double Largest(double[] values) => values.Max(Math.Abs);
}
