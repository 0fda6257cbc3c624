namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The steps from scores to exponentials, a statement each: a few exponentials side by side, so that none waits long for its step before.</summary>
internal static class ClassExponentials
{
    private const string Exp = $"{Names.Numerics}.RereadExp512";

    // RereadExp512.Degree, and the exponentials that are under way at a time: with two, and with four, 26 x 16 took 3 % longer.
    private const int Degree = 6;
    private const int SideBySide = 3;

    /// <summary>The statements that turn scores <c>s</c> into exponentials <c>e</c>, by the endings of their names.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<string> names)
    {
        for (int first = 0; first < names.Count; first += SideBySide)
        {
            string[] beside = [.. names.Skip(first).Take(SideBySide)];
            foreach (Func<string, string> step in Steps())
            {
                foreach (string name in beside)
                {
                    yield return step(name);
                }
            }
        }
    }

    private static IEnumerable<Func<string, string>> Steps()
    {
        yield return static name => $"reach = LargerMagnitude(reach, s{name});";
        yield return static name => $"var t{name} = {Exp}.Scaled(s{name});";
        yield return static name => $"var n{name} = {Exp}.Nearest(t{name});";
        yield return static name => $"var r{name} = {Exp}.Fraction(t{name});";
        yield return static name => $"var q{name} = {Exp}.Highest(r{name});";
        for (int power = Degree - 2; power >= 0; power--)
        {
            int of = power;
            yield return name => $"q{name} = {Exp}.Next(q{name}, r{name}, {of});";
        }

        yield return static name => $"var e{name} = {Exp}.Power(n{name}, q{name});";
    }
}
