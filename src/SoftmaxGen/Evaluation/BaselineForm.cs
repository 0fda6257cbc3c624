using System.Globalization;
using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// The baseline form of a model, <c>B_j = W_j - W_0</c> for the classes but the first. Adding one vector to all rows of <c>W</c> changes no probability, so
/// that <c>W</c> has no covariance; <c>B</c> has one. By the chain rule a derivative by <c>B_j</c> is that by <c>W_j</c> with <c>W_0</c> held fixed.
/// </summary>
internal sealed class BaselineForm
{
    private readonly ModelShape _shape;
    private readonly int _rowLength;

    /// <summary>Initializes a new instance of the <see cref="BaselineForm"/> class.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <exception cref="NotSupportedException">A covariance matrix would be larger than an array can be.</exception>
    public BaselineForm(ModelShape shape)
    {
        _shape = shape;
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

    /// <summary>Takes the derivatives by the coefficients out of those by the weights.</summary>
    /// <param name="gradient">The gradient by the weights, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The gradient by the coefficients, <c>(C-1) x (m+1)</c>, row-major.</returns>
    public double[] Gradient(double[] gradient) => gradient[_rowLength..];

    /// <summary>Computes the Hessian of the mean loss by the coefficients.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The training set.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The Hessian, square, row-major; the lower triangle.</returns>
    public double[] Hessian<TModel, T>(TrainingSet<TModel, T> set, double[] weights)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _shape.HasHessian ? BlockOfHessian(set, weights) : ProductByProduct(set, weights);

    /// <summary>
    /// Adds the Hessian of the penalty <c>sum_k (penalty_k / 2) sum_j W_jk^2</c>. Of all weights that share the coefficients the optimum has the smallest
    /// ones, <c>W_jk = B_jk - mean_j B_jk</c> with <c>B_0k = 0</c>, and there the penalty is <c>(penalty_k / 2) (sum_j B_jk^2 - (sum_j B_jk)^2 / C)</c>.
    /// </summary>
    /// <param name="hessian">The Hessian to add to.</param>
    /// <param name="penalties">The strength of the penalty on each column; 0 for the bias.</param>
    public void AddPenalty(double[] hessian, double[] penalties)
    {
        for (int row = 0; row < Size; row++)
        {
            double penalty = penalties[row % _rowLength];
            for (int column = row % _rowLength; column < Size; column += _rowLength)
            {
                hessian[(row * Size) + column] += penalty * ((row == column ? 1 : 0) - (1.0 / _shape.Classes));
            }
        }
    }

    /// <summary>Names the coefficient of a row of the Hessian.</summary>
    /// <param name="index">The row.</param>
    /// <returns>The index of its class and its column.</returns>
    public (int ClassIndex, int Column) Name(int index) => (1 + (index / _rowLength), index % _rowLength);

    private double[] BlockOfHessian<TModel, T>(TrainingSet<TModel, T> set, double[] weights)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int parameters = _shape.ParameterCount;
        double[] full = new double[parameters * parameters];
        set.Hessian(weights, full);
        double[] block = new double[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            full.AsSpan(((row + _rowLength) * parameters) + _rowLength, Size).CopyTo(block.AsSpan(row * Size));
        }

        return block;
    }

    // Row i of a symmetric matrix is its product with the i-th unit vector.
    private double[] ProductByProduct<TModel, T>(TrainingSet<TModel, T> set, double[] weights)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] direction = new double[weights.Length];
        double[] product = new double[weights.Length];
        double[] hessian = new double[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            direction[row + _rowLength] = 1;
            set.HessianProduct(weights, direction, product);
            direction[row + _rowLength] = 0;
            product.AsSpan(_rowLength).CopyTo(hessian.AsSpan(row * Size));
        }

        return hessian;
    }
}
