using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>The standardisation and the temperature of a weights file, which the weights of raw features absorb.</summary>
/// <param name="Means">The mean of each feature; empty without a standardisation.</param>
/// <param name="Deviations">The deviation of each feature; empty without a standardisation.</param>
/// <param name="Temperature">What scores are divided by; null without.</param>
internal sealed record WeightsFolding(double[] Means, double[] Deviations, double? Temperature)
{
    /// <summary>Folds, in the order and with the roundings of <c>docs/model-files.md</c>, so that the same file gives the same bits at run time.</summary>
    /// <param name="weights">The weights, row-major, the bias first in each row; changed.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="precision">The precision to round to in the end.</param>
    public void Apply(double[] weights, int columns, Precision precision)
    {
        if (Means.Length == 0 && Temperature is null)
        {
            return;
        }

        for (int row = 0; row < weights.Length; row += columns)
        {
            for (int k = 0; k < Means.Length; k++)
            {
                weights[row + k + 1] /= Deviations[k];
                double shift = weights[row + k + 1] * Means[k];
                weights[row] -= shift;
            }
        }

        for (int i = 0; i < weights.Length; i++)
        {
            double weight = weights[i] / (Temperature ?? 1);
            weights[i] = precision == Precision.Single ? (float)weight : weight;
        }
    }
}
