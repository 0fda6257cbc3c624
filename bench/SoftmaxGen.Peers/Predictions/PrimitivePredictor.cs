using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace SoftmaxGen.Peers.Predictions;

/// <summary>A model by hand, with what .NET and Math.NET have for vectors.</summary>
/// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class PrimitivePredictor(float[] weights, int classes)
{
    private readonly int _stride = weights.Length / classes;
    private readonly Matrix<float> _matrix = Matrix<float>.Build.DenseOfRowMajor(classes, weights.Length / classes, weights);
    private readonly float[] _row = new float[weights.Length / classes];

    /// <summary>Predicts by the primitives of System.Numerics.Tensors.</summary>
    /// <param name="row">The row.</param>
    /// <param name="probabilities">Receives the probabilities.</param>
    public void RunTensors(ReadOnlySpan<float> row, Span<float> probabilities)
    {
        for (int j = 0; j < probabilities.Length; j++)
        {
            ReadOnlySpan<float> w = weights.AsSpan(j * _stride, _stride);
            probabilities[j] = w[0] + TensorPrimitives.Dot(w[1..], row);
        }

        TensorPrimitives.SoftMax(probabilities, probabilities);
    }

    /// <summary>Predicts by the matrices of Math.NET.</summary>
    /// <param name="row">The row.</param>
    /// <param name="probabilities">Receives the probabilities.</param>
    public void RunMathNet(ReadOnlySpan<float> row, Span<float> probabilities)
    {
        _row[0] = 1;
        row.CopyTo(_row.AsSpan(1));
        Vector<float> scores = _matrix * Vector<float>.Build.Dense(_row);
        float largest = scores.Maximum();
        Vector<float> exponentials = (scores - largest).PointwiseExp();
        (exponentials / exponentials.Sum()).AsArray().CopyTo(probabilities);
    }
}
