using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Online;

/// <summary>
/// Steps along gradients in raw units: <see cref="OnlineMethod.Sgd"/> and <see cref="OnlineMethod.AdaGrad"/>. Weights and what belongs to them lie in whole
/// vectors, filled up with zeros that no step moves: first the biases, then for each class the weights of its features.
/// </summary>
internal sealed class GradientSteps : OnlineSteps
{
    private readonly OnlineOptions _options;
    private readonly ModelShape _shape;
    private readonly int _biases;
    private readonly AlignedNumbers _weights;
    private readonly AlignedNumbers _gradient;
    private readonly AlignedNumbers? _squares;
    private readonly AlignedNumbers _features;
    private readonly double[] _rowMajor;
    private readonly RowLoss _loss;
    private long _steps;

    public GradientSteps(ModelShape shape, double[] start, OnlineOptions options)
    {
        _options = options;
        _shape = shape;
        _biases = WholeVectors(shape.Classes);
        _features = new AlignedNumbers(WholeVectors(shape.Features), isPinned: true);
        _weights = new AlignedNumbers(_biases + (shape.Classes * _features.Length), isPinned: true);
        _gradient = new AlignedNumbers(_weights.Length, isPinned: true);
        _squares = options.Method == OnlineMethod.AdaGrad ? new AlignedNumbers(_weights.Length, isPinned: true) : null;
        _rowMajor = new double[start.Length];
        _loss = new RowLoss(shape.Classes);
        FromRowMajor(start, _weights.Span);

        // Roots of numbers near 0 take longer than others, and those of what fills up vectors are not looked at.
        if (_squares is { } squares)
        {
            squares.Span.Fill(1);
            FromRowMajor(_rowMajor, squares.Span);
        }
    }

    public override ReadOnlySpan<double> Weights
    {
        get
        {
            ToRowMajor(_weights.Span, _rowMajor);
            return _rowMajor;
        }
    }

    public override Span<double> Features => _features.Span;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Learn(int y)
    {
        ReadOnlySpan<double> x = _features.Span;
        Span<double> weights = _weights.Span;
        _loss.Score(weights[_biases..], x, weights[.._biases]);
        double loss = _loss.Evaluate(y);
        if (!double.IsFinite(loss))
        {
            return loss;
        }

        // Row j of the gradient is residual j times [1, x].
        Step(_loss.WholeResiduals[.._biases], _loss.Residuals, x);
        return loss;
    }

    /// <summary>Takes one step along a gradient, to which the penalty is added.</summary>
    public void Step(ReadOnlySpan<double> gradient)
    {
        FromRowMajor(gradient, _gradient.Span);
        Step(_gradient.Span[.._biases], [1], _gradient.Span[_biases..]);
    }

    public override void Exchange(IStateExchange state)
    {
        state.Count(ref _steps);
        Exchange(state, _weights.Span);
        if (_squares is { } squares)
        {
            Exchange(state, squares.Span);
        }
    }

    private static int WholeVectors(int length) => (length + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;

    // Along a gradient whose biases are written down, and whose other rows are multiples of a direction; the penalty is added to those.
    private void Step(ReadOnlySpan<double> ofBiases, ReadOnlySpan<double> factors, ReadOnlySpan<double> direction)
    {
        double rate = _options.LearningRate / (1 + (_options.Decay * _steps));
        double penalty = _options.L2;
        Span<double> biases = _weights.Span[.._biases];
        Span<double> weights = _weights.Span[_biases..];
        if (_squares is { } squares)
        {
            AdaGradSteps.StepAlongProduct(squares.Span[.._biases], [1], ofBiases, penalty: 0, rate, biases);
            AdaGradSteps.StepAlongProduct(squares.Span[_biases..], factors, direction, penalty, rate, weights);
        }
        else
        {
            VectorAlgebra.AddScaled(-rate, ofBiases, biases);
            if (penalty > 0)
            {
                VectorAlgebra.Scale(1 - (rate * penalty), weights, weights);
            }

            VectorAlgebra.AddProduct(-rate, factors, direction, weights);
        }

        _steps++;
    }

    // The state is row-major.
    private void Exchange(IStateExchange state, Span<double> numbers)
    {
        ToRowMajor(numbers, _rowMajor);
        state.Numbers(_rowMajor);
        FromRowMajor(_rowMajor, numbers);
    }

    private void ToRowMajor(ReadOnlySpan<double> numbers, Span<double> rowMajor)
    {
        for (int j = 0; j < _shape.Classes; j++)
        {
            Span<double> row = rowMajor.Slice(j * (_shape.Features + 1), _shape.Features + 1);
            row[0] = numbers[j];
            numbers.Slice(_biases + (j * _features.Length), _shape.Features).CopyTo(row[1..]);
        }
    }

    private void FromRowMajor(ReadOnlySpan<double> rowMajor, Span<double> numbers)
    {
        for (int j = 0; j < _shape.Classes; j++)
        {
            ReadOnlySpan<double> row = rowMajor.Slice(j * (_shape.Features + 1), _shape.Features + 1);
            numbers[j] = row[0];
            row[1..].CopyTo(numbers[(_biases + (j * _features.Length))..]);
        }
    }
}
