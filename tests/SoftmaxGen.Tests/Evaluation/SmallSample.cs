namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// Twelve rows with weights, and a model of round weights, with what scikit-learn 1.2.1 (numpy 1.24) says of them: <c>LogisticRegression</c> with these
/// coefficients, <c>sklearn.metrics</c> with <c>sample_weight</c>, and <c>permutation_importance(n_repeats=4, random_state=7)</c>.
/// </summary>
internal static class SmallSample
{
    public const double LogLoss = 2.2098716029354173;
    public const double WeightedLogLoss = 2.5810172816806487;
    public const double WeightedAccuracy = 0.36363636363636365;
    public const double WeightedBrier = 1.0370592614692986;

    public static readonly double[] Rows =
    [
        0.0, 2.0, -0.5, -1.75, 1.0, 1.5, -1.5, -1.25, 1.75, 0.75, -2.0, -0.25, 2.0, -0.25, -2.0, 0.75, 1.75, -1.25, -1.5, 1.5, 1.0, -1.75, -0.5, 2.0,
        0.0, -2.0, 0.5, 2.0, -1.0, -1.75, 1.25, 1.25, -1.75, -0.75, 2.0, 0.5, -2.0, 0.25, 2.0, -0.75, -1.75, 1.0, 1.5, -1.5, -1.25, 1.75, 0.75, -2.0,
    ];

    public static readonly int[] Labels = [0, 1, 2, 1, 0, 2, 1, 2, 0, 1, 2, 0];

    public static readonly double[] RowWeights = [1, 2, 0.5, 1.5, 3, 1, 0.25, 2, 1, 0.75, 1, 2.5];

    public static readonly double[] Weights =
        [1.0, -0.6875, -0.125, 0.8125, -1.0, 0.5, 0.3125, -0.9375, 0.875, -0.25, -0.5625, 1.0, -0.75, 0.0625, 0.6875];

    /// <summary>Gets the weights of the confusion matrix, actual classes in rows.</summary>
    public static readonly double[] WeightedConfusion = [4.5, 0, 3, 2.75, 0, 1.75, 1, 2, 1.5];

    /// <summary>Gets precision, recall and F1: of each class, the macro mean and the weighted mean.</summary>
    public static readonly double[][] WeightedMetrics =
    [
        [0.5454545454545454, 0.6, 0.5714285714285713],
        [0, 0, 0],
        [0.24, 0.3333333333333333, 0.27906976744186046],
        [0.2618181818181818, 0.3111111111111111, 0.2834994462901439],
        [0.3133884297520661, 0.36363636363636365, 0.33585019631531254],
    ];

    /// <summary>Gets the permutations that <c>random_state=7</c> draws: for each row, the row whose value it gets.</summary>
    public static readonly int[][] Permutations =
    [
        [7, 1, 11, 6, 8, 4, 3, 10, 2, 5, 0, 9],
        [8, 4, 2, 9, 0, 6, 7, 11, 10, 1, 3, 5],
        [0, 9, 1, 11, 8, 6, 5, 3, 4, 7, 2, 10],
        [2, 9, 6, 3, 1, 0, 7, 11, 10, 8, 5, 4],
    ];

    public static readonly double[] LogLossIncreases = [-0.7650399552788066, -0.23402085637102277, -0.5046524507638391, -0.293458371025874];
    public static readonly double[] LogLossDeviations = [0.474392985894306, 0.18809885654350522, 0.29913907077471563, 0.3756910113740579];
    public static readonly double[] AccuracyDrops = [-0.08333333333333333, -0.030303030303030304, -0.045454545454545456, 0.011363636363636367];
    public static readonly double[] AccuracyDeviations = [0.11505844191812645, 0.0606060606060606, 0.07921407647150568, 0.025876138297877774];
}
