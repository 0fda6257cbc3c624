using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>What generated code needs to turn members of a row into columns. Thread-safe; nothing is allocated but exceptions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowEncoding
{
    // What is listed of levels in a message.
    private const int MostLevelsInText = 10;

    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x100000001B3;

    /// <summary>Finds the interval of a number.</summary>
    /// <param name="edges">The edges, ascending; each belongs to the interval above it.</param>
    /// <param name="value">The number.</param>
    /// <returns>The number of edges that are not above the value; -1 for NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bucket(ReadOnlySpan<double> edges, double value)
    {
        int bucket = 0;
        foreach (double edge in edges)
        {
            bucket += value >= edge ? 1 : 0;
        }

        return double.IsNaN(value) ? -1 : bucket;
    }

    /// <summary>Hashes a string into columns; see <see cref="HashedAttribute"/>.</summary>
    /// <param name="value">The string.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="sign">1 or -1.</param>
    /// <returns>The column.</returns>
    public static int Hash(ReadOnlySpan<char> value, int columns, out int sign)
    {
        ulong hash = FnvOffset;
        foreach (char unit in value)
        {
            hash = (hash ^ (byte)unit) * FnvPrime;
            hash = (hash ^ (byte)(unit >> 8)) * FnvPrime;
        }

        return Column(hash, columns, out sign);
    }

    /// <summary>Hashes an integer into columns; see <see cref="HashedAttribute"/>.</summary>
    /// <param name="value">The integer.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="sign">1 or -1.</param>
    /// <returns>The column.</returns>
    public static int Hash(long value, int columns, out int sign)
    {
        ulong hash = FnvOffset;
        for (int shift = 0; shift < 64; shift += 8)
        {
            hash = (hash ^ (byte)(value >> shift)) * FnvPrime;
        }

        return Column(hash, columns, out sign);
    }

    /// <summary>Makes the exception of a value that has no column. Generated code throws it: the JIT then knows that the path ends there.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="shape">The model's constants.</param>
    /// <param name="group">The feature, one of <see cref="ModelShape.FeatureGroups"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="row">The number of the row among those of the argument.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The exception.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ArgumentException Unknown<TValue>(ModelShape shape, int group, TValue value, int row, string parameterName)
    {
        FeatureGroup feature = shape.FeatureGroups[group];
        IEnumerable<string> columns = shape.FeatureNames.Skip(feature.First).Take(Math.Min(feature.Count, MostLevelsInText));
        string list = string.Join(", ", columns) + (feature.Count > MostLevelsInText ? ", …" : "");
        string text = value is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"'{value}'");
        return Refusal.Argument($"{feature.Name} of row {row} is {text}, which has no column; the columns are {list}.", parameterName);
    }

    /// <summary>Makes the exception of a member that is null and not declared so.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="group">The feature, one of <see cref="ModelShape.FeatureGroups"/>.</param>
    /// <param name="row">The number of the row among those of the argument.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <returns>The exception.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ArgumentException Null(ModelShape shape, int group, int row, string parameterName) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.FeatureGroups[group].Name} of row {row} is null; where it may be missing, declare the member nullable, and it gets a column for that."),
        parameterName);

    /// <summary>Checks the length of a vector.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="group">The feature, one of <see cref="ModelShape.FeatureGroups"/>.</param>
    /// <param name="length">The length.</param>
    /// <param name="expected">What the length must be.</param>
    /// <param name="row">The number of the row among those of the argument.</param>
    /// <param name="parameterName">The argument's name.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void VectorLength(ModelShape shape, int group, int length, int expected, int row, string parameterName)
    {
        if (length != expected)
        {
            throw Refusal.Argument($"{shape.FeatureGroups[group].Name} of row {row} has {length} numbers; it must have {expected}.", parameterName);
        }
    }

    // The finalizer of splitmix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014): FNV alone leaves the high bits poor.
    private static int Column(ulong hash, int columns, out int sign)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        hash ^= hash >> 31;
        sign = (long)hash < 0 ? -1 : 1;
        return (int)(((hash & uint.MaxValue) * (ulong)columns) >> 32);
    }
}
