namespace SoftmaxGen;

/// <summary>What is done about a value of categories that is none of their levels.</summary>
public enum UnknownValues
{
    /// <summary>It is refused by an <see cref="ArgumentException"/> with its row, member and value.</summary>
    Throw = 0,

    /// <summary>It gets no column: all columns of the member are 0.</summary>
    Ignore = 1,
}
