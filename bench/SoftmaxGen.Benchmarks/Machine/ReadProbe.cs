using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>The bandwidth of reading an array from end to end.</summary>
/// <typeparam name="TWidth">The width.</typeparam>
/// <typeparam name="TVector">Its vector.</typeparam>
/// <param name="bytes">The size of the array, a multiple of 512; it decides from which level of the memory it is read.</param>
internal sealed class ReadProbe<TWidth, TVector>(int bytes)
    where TWidth : IVectorWidth<TVector>
    where TVector : struct
{
    private readonly double[] _array = CreateArray(bytes);

    /// <summary>Makes a pass.</summary>
    /// <returns>A number that depends on all of it.</returns>
    public double Pass()
    {
        Span<double> values = Scratch.Align(_array)[..(bytes / sizeof(double))];
        ref double source = ref MemoryMarshal.GetReference(values);
        TVector s0 = TWidth.Create(0);
        TVector s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        nuint lanes = (nuint)TWidth.Lanes;
        for (nuint i = 0; i < (nuint)values.Length; i += 8 * lanes)
        {
            s0 = TWidth.Add(s0, TWidth.Load(ref source, i));
            s1 = TWidth.Add(s1, TWidth.Load(ref source, i + lanes));
            s2 = TWidth.Add(s2, TWidth.Load(ref source, i + (2 * lanes)));
            s3 = TWidth.Add(s3, TWidth.Load(ref source, i + (3 * lanes)));
            s4 = TWidth.Add(s4, TWidth.Load(ref source, i + (4 * lanes)));
            s5 = TWidth.Add(s5, TWidth.Load(ref source, i + (5 * lanes)));
            s6 = TWidth.Add(s6, TWidth.Load(ref source, i + (6 * lanes)));
            s7 = TWidth.Add(s7, TWidth.Load(ref source, i + (7 * lanes)));
        }

        TVector low = TWidth.Add(TWidth.Add(s0, s1), TWidth.Add(s2, s3));
        TVector high = TWidth.Add(TWidth.Add(s4, s5), TWidth.Add(s6, s7));
        return TWidth.Sum(TWidth.Add(low, high));
    }

    // Pinned, so that it stays aligned; written to, because pages of zeros that nobody wrote are all the same page of memory.
    private static double[] CreateArray(int bytes)
    {
        double[] array = GC.AllocateUninitializedArray<double>((bytes / sizeof(double)) + Scratch.Slack, pinned: true);
        Array.Fill(array, 1.0);
        return array;
    }
}
