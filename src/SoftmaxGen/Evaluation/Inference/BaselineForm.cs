using System.Globalization;

namespace SoftmaxGen;

/// <summary>
/// The baseline form of a model, <c>B_j = W_j - W_0</c> for the classes but the first. Adding one vector to all rows of <c>W</c> changes no probability, so
/// that <c>W</c> has no covariance; <c>B</c> has one.
/// </summary>
internal sealed class BaselineForm
{
    private readonly int _rowLength;

    /// <summary>Initializes a new instance of the <see cref="BaselineForm"/> class.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <exception cref="NotSupportedException">A covariance matrix would be larger than an array can be.</exception>
    public BaselineForm(ModelShape shape)
    {
        _rowLength = shape.Features + 1;
        Size = shape.ParameterCount - _rowLength;
        if ((long)Size * Size > Array.MaxLength)
        {
            throw new NotSupportedException(
                string.Create(CultureInfo.InvariantCulture, $"The covariance of {Size} coefficients is larger than an array can be."));
        }
    }

    /// <summary>Gets the number of coefficients, <c>(C-1) * (m+1)</c>.</summary>
    public int Size { get; }

    /// <summary>Computes the coefficients.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The coefficients, <c>(C-1) x (m+1)</c>, row-major.</returns>
    public double[] Estimates(double[] weights) => [.. weights.Skip(_rowLength).Select((weight, i) => weight - weights[i % _rowLength])];

    /// <summary>Names a coefficient.</summary>
    /// <param name="index">Its row in the covariance.</param>
    /// <returns>The index of its class and its column.</returns>
    public (int ClassIndex, int Column) Name(int index) => (1 + (index / _rowLength), index % _rowLength);
}
