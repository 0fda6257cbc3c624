namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>The peak of multiply-adds: twelve chains that do not wait for each other, and nothing else.</summary>
/// <typeparam name="TWidth">The width.</typeparam>
/// <typeparam name="TVector">Its vector.</typeparam>
internal static class MultiplyAddProbe<TWidth, TVector>
    where TWidth : IVectorWidth<TVector>
    where TVector : struct
{
    // Two ports times a latency of four cycles ask for eight chains; twelve and two constants still fit into 16 registers.
    private const int Chains = 12;
    private const int Turns = 2048;

    /// <summary>Gets the floating-point operations of a pass.</summary>
    public static double Operations => 2.0 * Turns * Chains * TWidth.Lanes;

    /// <summary>Makes a pass.</summary>
    /// <returns>A number that depends on all of it.</returns>
    public static double Pass()
    {
        TVector factor = TWidth.Create(0.999);
        TVector term = TWidth.Create(0.001);
        TVector a0 = term, a1 = term, a2 = term, a3 = term, a4 = term, a5 = term;
        TVector a6 = term, a7 = term, a8 = term, a9 = term, a10 = term, a11 = term;
        for (int turn = 0; turn < Turns; turn++)
        {
            a0 = TWidth.MultiplyAdd(a0, factor, term);
            a1 = TWidth.MultiplyAdd(a1, factor, term);
            a2 = TWidth.MultiplyAdd(a2, factor, term);
            a3 = TWidth.MultiplyAdd(a3, factor, term);
            a4 = TWidth.MultiplyAdd(a4, factor, term);
            a5 = TWidth.MultiplyAdd(a5, factor, term);
            a6 = TWidth.MultiplyAdd(a6, factor, term);
            a7 = TWidth.MultiplyAdd(a7, factor, term);
            a8 = TWidth.MultiplyAdd(a8, factor, term);
            a9 = TWidth.MultiplyAdd(a9, factor, term);
            a10 = TWidth.MultiplyAdd(a10, factor, term);
            a11 = TWidth.MultiplyAdd(a11, factor, term);
        }

        TVector low = TWidth.Add(TWidth.Add(TWidth.Add(a0, a1), TWidth.Add(a2, a3)), TWidth.Add(a4, a5));
        TVector high = TWidth.Add(TWidth.Add(TWidth.Add(a6, a7), TWidth.Add(a8, a9)), TWidth.Add(a10, a11));
        return TWidth.Sum(TWidth.Add(low, high));
    }
}
