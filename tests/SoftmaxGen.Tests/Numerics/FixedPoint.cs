using System.Numerics;

namespace SoftmaxGen.Tests.Numerics;

/// <summary>
/// Powers of 2 and natural logarithms in fixed point with 160 fractional bits, some 100 more than a double has: what vector code is measured
/// against. Plain series over integers, summed until their terms vanish.
/// </summary>
internal static class FixedPoint
{
    private const int Bits = 160;

    private static readonly BigInteger One = BigInteger.One << Bits;

    /// <summary>ln 2 = 2 artanh(1/3).</summary>
    private static readonly BigInteger Ln2 = 2 * Artanh(One / 3);

    /// <summary>Measures how far a number is from <c>2^t</c>, in units in the last place of <c>2^t</c> at the given precision.</summary>
    /// <param name="actual">The number.</param>
    /// <param name="t">The exponent; exact.</param>
    /// <param name="precision">The bits of a significand: 53 or 24.</param>
    public static double UlpsFromPowerOf2(double actual, double t, int precision)
    {
        int n = (int)Math.Round(t);
        BigInteger power = Exp(Multiply(Of(t - n), Ln2));
        return Ulps(Of(Math.ScaleB(actual, -n)) - power, power, precision);
    }

    /// <summary>Measures how far a number is from <c>ln z</c>.</summary>
    /// <param name="actual">The number.</param>
    /// <param name="z">The argument; normal and positive.</param>
    /// <param name="precision">The bits of a significand: 53 or 24.</param>
    /// <returns>The distance, and the distance in units in the last place of <c>ln z</c> at the given precision.</returns>
    public static (double Distance, double Ulps) FromLog(double actual, double z, int precision)
    {
        int n = Math.ILogB(z);
        BigInteger m = Of(Math.ScaleB(z, -n));
        BigInteger log = (n * Ln2) + (2 * Artanh(((m - One) << Bits) / (m + One)));
        BigInteger error = Of(actual) - log;
        double distance = Math.Abs(ToDouble(error));
        return (distance, log.IsZero ? (error.IsZero ? 0 : double.PositiveInfinity) : Ulps(error, log, precision));
    }

    /// <summary>Converts exactly, but for bits below the last.</summary>
    private static BigInteger Of(double value)
    {
        if (value == 0)
        {
            return BigInteger.Zero;
        }

        int exponent = Math.ILogB(value) - 52;
        BigInteger significand = new(Math.ScaleB(value, -exponent));
        int shift = exponent + Bits;
        return shift >= 0 ? significand << shift : significand >> -shift;
    }

    private static double ToDouble(BigInteger value) => Math.ScaleB((double)value, -Bits);

    private static double Ulps(BigInteger error, BigInteger exact, int precision)
    {
        int exponent = (int)BigInteger.Abs(exact).GetBitLength() - precision;
        return Math.Abs(Math.ScaleB((double)error, -exponent));
    }

    private static BigInteger Multiply(BigInteger a, BigInteger b) => (a * b) >> Bits;

    /// <summary>Sums <c>1 + y + y^2/2! + y^3/3! + ...</c></summary>
    private static BigInteger Exp(BigInteger y)
    {
        BigInteger sum = One;
        BigInteger term = One;
        for (int k = 1; !term.IsZero; k++)
        {
            term = Multiply(term, y) / k;
            sum += term;
        }

        return sum;
    }

    /// <summary>Sums <c>s + s^3/3 + s^5/5 + ...</c></summary>
    private static BigInteger Artanh(BigInteger s)
    {
        BigInteger square = Multiply(s, s);
        BigInteger sum = BigInteger.Zero;
        for (int k = 1; !s.IsZero; k += 2)
        {
            sum += s / k;
            s = Multiply(s, square);
        }

        return sum;
    }
}
