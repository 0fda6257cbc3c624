namespace SoftmaxGen.Tests.Oracles;

/// <summary>
/// A number of 106 bits, the unevaluated sum of two doubles, by the textbook's error-free sums and products (Dekker, <i>A floating-point technique for
/// extending the available precision</i>, Numer. Math. 18, 1971; Knuth, <i>The Art of Computer Programming</i>, volume 2, 4.2.2). Every operation is right to
/// some 31 digits.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    private static readonly DoubleDouble _ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High;

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        (double sum, double error) = TwoSum(a.High, b.High);
        (double low, double lowError) = TwoSum(a.Low, b.Low);
        (sum, error) = FastTwoSum(sum, error + low);
        (sum, error) = FastTwoSum(sum, error + lowError);
        return new(sum, error);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        double error = Math.FusedMultiplyAdd(a.High, b.High, -product) + ((a.High * b.Low) + (a.Low * b.High));
        (product, error) = FastTwoSum(product, error);
        return new(product, error);
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - (b * first);
        double second = rest.High / b.High;
        rest -= b * second;
        return (DoubleDouble)first + second + (rest.High / b.High);
    }

    public static bool operator <(DoubleDouble a, DoubleDouble b) => (a - b).High < 0;

    public static bool operator >(DoubleDouble a, DoubleDouble b) => (a - b).High > 0;

    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (a.High <= 0)
        {
            return 0;
        }

        DoubleDouble root = Math.Sqrt(a.High);
        return root + ((a - (root * root)) / (2 * root.High));
    }

    /// <summary>Computes <c>e^a</c>: 2^k times the power series of what is left, divided by 256 and squared eight times.</summary>
    public static DoubleDouble Exp(DoubleDouble a)
    {
        if (a.High < -700)
        {
            return 0;
        }

        double k = Math.Round(a.High / _ln2.High);
        DoubleDouble r = (a - (_ln2 * k)) * (1.0 / 256);
        DoubleDouble term = r;
        DoubleDouble sum = r;
        for (int i = 2; i <= 12; i++)
        {
            term = term * r / (double)i;
            sum += term;
        }

        // (1 + s)^2 - 1 = 2 s + s^2 keeps the digits of a small s.
        for (int i = 0; i < 8; i++)
        {
            sum = (sum * 2) + (sum * sum);
        }

        sum += 1;
        return new(Math.ScaleB(sum.High, (int)k), Math.ScaleB(sum.Low, (int)k));
    }

    /// <summary>Computes the logarithm of <c>1 + a</c> for <c>a >= 0</c>: three steps of Newton's method for <c>e^y = 1 + a</c>.</summary>
    public static DoubleDouble LogOnePlus(DoubleDouble a)
    {
        if (a.High < 1e-12)
        {
            return a - (a * a * 0.5) + (a * a * a / 3.0);
        }

        DoubleDouble y = Math.Log(1 + a.High);
        for (int i = 0; i < 3; i++)
        {
            y += ((a + 1) * Exp(-y)) - 1;
        }

        return y;
    }

    private static (double Sum, double Error) TwoSum(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }

    private static (double Sum, double Error) FastTwoSum(double a, double b)
    {
        double sum = a + b;
        return (sum, b - (sum - a));
    }
}
