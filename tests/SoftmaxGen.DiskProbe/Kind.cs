namespace SoftmaxGen.DiskProbe;

/// <summary>The classes of rows that are objects.</summary>
public enum Kind
{
    /// <summary>The first.</summary>
    Low,

    /// <summary>The second.</summary>
    High,
}
