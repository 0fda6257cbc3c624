using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>
/// Reads a number as the nearest of its type, on every host of the compiler. The parser of .NET Framework, on which Visual Studio runs it, errs in the
/// last digit of some numbers; the compiler's own, for literals, never does but takes twenty times as long.
/// </summary>
internal static class RealNumber
{
    private static readonly bool _isFramework = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Reads a number.</summary>
    /// <returns>The nearest number of the type; infinity beyond its range.</returns>
    public static double Parse(string number, Precision precision)
    {
        if (_isFramework)
        {
            return ParseAsLiteral(number, precision);
        }

        return precision == Precision.Single
            ? float.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)
            : double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a number as the compiler reads a literal.</summary>
    /// <returns>The nearest number of the type; infinity beyond its range.</returns>
    public static double ParseAsLiteral(string number, Precision precision)
    {
        bool isNegative = number[0] == '-';
        string digits = isNegative ? number.Substring(1) : number;
        double magnitude = precision == Precision.Single
            ? (float)SyntaxFactory.ParseToken(digits + "f").Value!
            : (double)SyntaxFactory.ParseToken(digits + "d").Value!;
        return isNegative ? -magnitude : magnitude;
    }
}
