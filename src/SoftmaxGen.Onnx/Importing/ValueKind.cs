namespace SoftmaxGen.Onnx.Importing;

/// <summary>What the values of a linear classifier's graph are.</summary>
internal enum ValueKind
{
    /// <summary>Rows of features, each column perhaps shifted and scaled.</summary>
    Rows = 0,

    /// <summary>Linear functions of the features.</summary>
    Scores = 1,

    /// <summary>Probabilities, one for each class.</summary>
    Probabilities = 2,

    /// <summary>Logarithms of probabilities, one for each class.</summary>
    LogProbabilities = 3,

    /// <summary>The probability of the second of two classes.</summary>
    SecondProbability = 4,

    /// <summary>The index or the label of the likeliest class.</summary>
    Label = 5,

    /// <summary>Probabilities by label.</summary>
    Dictionary = 6,
}
