namespace SoftmaxGen;

/// <summary>How the learning rate of a stochastic solver changes from epoch to epoch; <c>e</c> counts epochs from 0, <c>E</c> is their number.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays as it is.</summary>
    Constant = 0,

    /// <summary>It is divided by <c>1 + e</c>.</summary>
    InverseTime = 1,

    /// <summary>It is divided by <c>sqrt(1 + e)</c>.</summary>
    InverseSquareRoot = 2,

    /// <summary>It falls to zero along half a cosine, <c>(1 + cos(pi e / E)) / 2</c>.</summary>
    Cosine = 3,
}
