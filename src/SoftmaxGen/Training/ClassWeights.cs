
namespace SoftmaxGen;

/// <summary>How much the rows of each class weigh in training: a row's own weight is multiplied by that of its class. Immutable.</summary>
/// <remarks>
/// The model that comes out has the probabilities of a population where the classes are as frequent as their weights make them.
/// <see cref="PriorCorrection"/> gives back those of the rows.
/// </remarks>
/// <example>
/// <code>
/// var balanced = new TrainingOptions { ClassWeights = ClassWeights.Balanced };
/// var chosen = new TrainingOptions { ClassWeights = ClassWeights.Of(1, 1, 10) };   // in the order of the classes
/// </code>
/// </example>
public sealed class ClassWeights
{
    private readonly double[]? _weights;

    private ClassWeights(double[]? weights) => _weights = weights;

    /// <summary>
    /// Gets the weights that make every class count the same: <c>n / (C n_j)</c> for the class <c>j</c>, where <c>n_j</c> is the sum of the weights of its
    /// rows and <c>n</c> that of all rows. Classes without rows do not count, and weigh 1 (<see cref="MissingClasses.Allow"/>).
    /// </summary>
    public static ClassWeights Balanced { get; } = new(weights: null);

    /// <summary>Makes class weights.</summary>
    /// <param name="weights">The <c>C</c> weights in the order of the labels, finite and positive; copied.</param>
    /// <returns>The class weights.</returns>
    /// <exception cref="ArgumentException">A weight is not finite and positive.</exception>
    public static ClassWeights Of(params ReadOnlySpan<double> weights)
    {
        for (int j = 0; j < weights.Length; j++)
        {
            if (!(weights[j] > 0) || double.IsPositiveInfinity(weights[j]))
            {
                throw Refusal.Argument($"The weight of class {j} is {weights[j]}; it must be finite and positive.", nameof(weights));
            }
        }

        return new ClassWeights(weights.ToArray());
    }

    /// <summary>Finds the weight of each class.</summary>
    /// <exception cref="ArgumentException">Weights were given for another number of classes.</exception>
    internal double[] For(ReadOnlySpan<double> classTotals, string parameterName)
    {
        if (_weights is null)
        {
            double total = 0;
            int present = 0;
            foreach (double classTotal in classTotals)
            {
                total += classTotal;
                present += classTotal > 0 ? 1 : 0;
            }

            double[] balanced = new double[classTotals.Length];
            for (int j = 0; j < balanced.Length; j++)
            {
                balanced[j] = classTotals[j] > 0 ? total / (present * classTotals[j]) : 1;
            }

            return balanced;
        }

        return _weights.Length == classTotals.Length
            ? _weights
            : throw Refusal.Argument($"There are {_weights.Length} class weights; the model has {classTotals.Length} classes.", parameterName);
    }
}
