namespace SoftmaxGen.Numerics;

/// <summary>Tails and quantiles of the standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double InverseRootTwoPi = 0.39894228040143267794;

    /// <summary>The quartile, where the expansion around 0 gives way to that of the tail.</summary>
    private const double Quartile = 0.67448975;

    /// <summary>The square root of 32: beyond it the asymptotic form takes over.</summary>
    private const double Far = 5.656854249492380195;

    /// <summary>
    /// Computes <c>P(|Z| > |z|)</c>, with a relative error below 1e-15 down to the smallest normal number, by the three rational minimax
    /// approximations of Cody (<i>Rational Chebyshev approximations for the error function</i>, 1969), in the form for the normal distribution of
    /// his <i>Algorithm 715: SPECFUN</i> (1993).
    /// </summary>
    public static double TwoSidedTail(double z)
    {
        double x = Math.Abs(z);
        if (x <= Quartile)
        {
            return 1 - (2 * x * Ratio(x * x, Near.Numerator, Near.Denominator));
        }

        if (x <= Far)
        {
            return 2 * Density(x) * Ratio(x, Middle.Numerator, Middle.Denominator);
        }

        if (double.IsPositiveInfinity(x))
        {
            return 0;
        }

        double square = 1 / (x * x);
        double correction = square * Ratio(square, Distant.Numerator, Distant.Denominator);
        return 2 * Density(x) * ((InverseRootTwoPi - correction) / x);
    }

    /// <summary>
    /// Computes the <c>z</c> with <c>P(Z > z) = tail</c>, with a relative error of about 1e-15, by Wichura's PPND16 (<i>Algorithm AS 241: the percentage
    /// points of the normal distribution</i>, 1988).
    /// </summary>
    public static double UpperQuantile(double tail)
    {
        double fromMedian = 0.5 - tail;
        if (Math.Abs(fromMedian) <= 0.425)
        {
            return fromMedian * Ratio(0.180625 - (fromMedian * fromMedian), Centre.Numerator, Centre.Denominator);
        }

        double root = Math.Sqrt(-Math.Log(Math.Min(tail, 1 - tail)));
        double quantile = root <= 5
            ? Ratio(root - 1.6, Shoulder.Numerator, Shoulder.Denominator)
            : Ratio(root - 5, Outskirts.Numerator, Outskirts.Denominator);
        return Math.CopySign(quantile, fromMedian);
    }

    /// <summary>
    /// Computes <c>exp(-x^2 / 2)</c>. The rounding error of <c>x^2</c> would be multiplied by <c>x^2</c>: the square of <c>x</c> cut to sixteenths is
    /// exact, and the rest is small.
    /// </summary>
    private static double Density(double x)
    {
        double cut = Math.Truncate(x * 16) / 16;
        double rest = (x - cut) * (x + cut);
        return Math.Exp(-cut * cut / 2) * Math.Exp(-rest / 2);
    }

    /// <summary>Evaluates a quotient of polynomials whose coefficients are given from the lowest power on, by Horner's rule.</summary>
    private static double Ratio(double x, ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator) =>
        Polynomial(x, numerator) / Polynomial(x, denominator);

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }

    // (P(Z <= x) - 1/2) / x as a function of x^2, |x| <= the quartile.
    private static class Near
    {
        public static ReadOnlySpan<double> Numerator =>
            [18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287, 0.065682337918207449113];

        public static ReadOnlySpan<double> Denominator =>
            [45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187, 1];
    }

    // P(Z > x) / exp(-x^2 / 2) as a function of x, up to the square root of 32.
    private static class Middle
    {
        public static ReadOnlySpan<double> Numerator =>
        [
            9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711, 597.27027639480026226,
            93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8,
        ];

        public static ReadOnlySpan<double> Denominator =>
        [
            19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091, 6485.558298266760755,
            1519.377599407554805, 235.38790178262499861, 22.266688044328115691, 1,
        ];
    }

    // (1/sqrt(2 pi) - x P(Z > x) / exp(-x^2 / 2)) x^2 as a function of 1/x^2, beyond.
    private static class Distant
    {
        public static ReadOnlySpan<double> Numerator =>
        [
            2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639, 0.21589853405795699, 0.02307344176494017303,
        ];

        public static ReadOnlySpan<double> Denominator =>
        [
            7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118, 1.28426009614491121, 1,
        ];
    }

    // Quantiles of tails between 0.075 and 0.925, over the distance from the median, as a function of 0.425^2 less the distance's square.
    private static class Centre
    {
        public static ReadOnlySpan<double> Numerator =>
        [
            3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
            67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
        ];

        public static ReadOnlySpan<double> Denominator =>
        [
            1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610,
            28729.085735721942674, 5226.4952788528545610,
        ];
    }

    // Quantiles of tails down to exp(-25), as a function of sqrt(-log(tail)) - 1.6.
    private static class Shoulder
    {
        public static ReadOnlySpan<double> Numerator =>
        [
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258,
            0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
        ];

        public static ReadOnlySpan<double> Denominator =>
        [
            1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590, 0.0151986665636164571966,
            5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ];
    }

    // Quantiles of smaller tails, as a function of sqrt(-log(tail)) - 5.
    private static class Outskirts
    {
        public static ReadOnlySpan<double> Numerator =>
        [
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930,
            1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ];

        public static ReadOnlySpan<double> Denominator =>
        [
            1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 7.86869131145613259100e-4,
            1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        ];
    }
}
