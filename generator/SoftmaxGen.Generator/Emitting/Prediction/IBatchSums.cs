namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>A way to sum the scores of a block of rows, a few classes at a time.</summary>
internal interface IBatchSums
{
    /// <summary>What becomes of the rows, for a comment.</summary>
    string Description { get; }

    /// <summary>The variable that refers to the features of a block.</summary>
    string Rows { get; }

    /// <summary>Where the features of the row vector that begins with a lane lie in those of the block.</summary>
    string Offset(string lane);

    /// <summary>Prints what comes before the sums of a block.</summary>
    void EmitBlock();

    /// <summary>
    /// Prints the sums of a row vector for so many classes: features at <paramref name="x"/>, weights at <paramref name="w"/>, scores at
    /// <paramref name="t"/>.
    /// </summary>
    void EmitSums(int classes, string x, string w, string t);

    /// <summary>The score of a class in terms of these sums.</summary>
    string Score(int j, string t);

    /// <summary>Prints the operations that are its own.</summary>
    void EmitOperations();
}
