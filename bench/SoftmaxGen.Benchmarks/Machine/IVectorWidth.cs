namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>Vectors of one width, for probes that are written once for all widths.</summary>
/// <typeparam name="TVector">The vector of doubles.</typeparam>
internal interface IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>Gets the number of doubles in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>Makes a vector of equal numbers.</summary>
    static abstract TVector Create(double value);

    /// <summary>Loads a vector.</summary>
    static abstract TVector Load(ref double source, nuint index);

    /// <summary>Adds two vectors.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>Computes <c>a * b + c</c> as the kernels do.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>Computes exponentials as the kernels do.</summary>
    static abstract TVector Exp(TVector scaled);

    /// <summary>Adds up the lanes.</summary>
    static abstract double Sum(TVector vector);
}
