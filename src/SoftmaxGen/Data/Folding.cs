namespace SoftmaxGen.Data;

/// <summary>How what two chunks say becomes what both say. In the order of the chunks, so that the result does not depend on where they lie.</summary>
internal enum Folding
{
    /// <summary>The sum, number by number.</summary>
    Sum = 0,

    /// <summary>The largest, number by number.</summary>
    Largest = 1,

    /// <summary>All numbers of the first chunk whose first number is not 0.</summary>
    First = 2,
}
