using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>The cost of an exponential: those of an array in the first-level cache, four vectors in flight.</summary>
/// <typeparam name="TWidth">The width.</typeparam>
/// <typeparam name="TVector">Its vector.</typeparam>
internal static class ExponentialProbe<TWidth, TVector>
    where TWidth : IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>The exponentials of a pass: 16 KiB of arguments.</summary>
    public const int Count = 2048;

    private static readonly double[] _arguments = CreateArguments();

    /// <summary>Makes a pass.</summary>
    /// <returns>A number that depends on all of it.</returns>
    public static double Pass()
    {
        ref double source = ref MemoryMarshal.GetReference(Scratch.Align(_arguments));
        TVector s0 = TWidth.Create(0);
        TVector s1 = s0, s2 = s0, s3 = s0;
        nuint lanes = (nuint)TWidth.Lanes;
        for (nuint i = 0; i < Count; i += 4 * lanes)
        {
            s0 = TWidth.Add(s0, TWidth.Exp(TWidth.Load(ref source, i)));
            s1 = TWidth.Add(s1, TWidth.Exp(TWidth.Load(ref source, i + lanes)));
            s2 = TWidth.Add(s2, TWidth.Exp(TWidth.Load(ref source, i + (2 * lanes))));
            s3 = TWidth.Add(s3, TWidth.Exp(TWidth.Load(ref source, i + (3 * lanes))));
        }

        return TWidth.Sum(TWidth.Add(TWidth.Add(s0, s1), TWidth.Add(s2, s3)));
    }

    // Scaled arguments across a range that needs every entry of the table; pinned, so that they stay aligned.
    private static double[] CreateArguments()
    {
        double[] arguments = GC.AllocateUninitializedArray<double>(Count + Scratch.Slack, pinned: true);
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = (i - (Count / 2)) * 0.05;
        }

        return arguments;
    }
}
