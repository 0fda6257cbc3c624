namespace SoftmaxGen.Tests.Numerics;

/// <summary>The largest error and the argument it was found at.</summary>
internal readonly record struct WorstCase(double Error, double Argument)
{
    public static WorstCase Of(double[] arguments, Func<int, double> errorAt)
    {
        var worst = new WorstCase(-1, double.NaN);
        for (int i = 0; i < arguments.Length; i++)
        {
            double error = errorAt(i);
            if (!(error <= worst.Error))
            {
                worst = new WorstCase(error, arguments[i]);
            }
        }

        return worst;
    }
}
