using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly double[] _weights;
    private readonly double[] _gradient;
    private readonly double[]? _squares;
    private readonly double[] _features;
    private readonly double[] _rowMajor;
    private readonly RowLoss _loss;
    private long _steps;

    /// <summary>Initializes a new instance of the <see cref="GradientSteps"/> class.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="start">The weights to start at, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="options">How to learn.</param>
    public GradientSteps(ModelShape shape, double[] start, OnlineOptions options)
    {
        _options = options;
        _shape = shape;
        _biases = WholeVectors(shape.Classes);
        _features = new double[WholeVectors(shape.Features)];
        _weights = new double[_biases + (shape.Classes * _features.Length)];
        _gradient = new double[_weights.Length];
        _squares = options.Method == OnlineMethod.AdaGrad ? new double[_weights.Length] : null;
        _rowMajor = new double[start.Length];
        _loss = new RowLoss(shape.Classes);
        FromRowMajor(start, _weights);

        // Roots of numbers near 0 take longer than others, and those of what fills up vectors are not looked at.
        if (_squares is not null)
        {
            _squares.AsSpan().Fill(1);
            FromRowMajor(_rowMajor, _squares);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Weights
    {
        get
        {
            ToRowMajor(_weights, _rowMajor);
            return _rowMajor;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Learn(ReadOnlySpan<double> features, int y)
    {
        features.CopyTo(_features);
        _loss.Score(_weights.AsSpan(_biases), _features, _weights.AsSpan(0, _biases));
        double loss = _loss.Evaluate(y);
        if (double.IsFinite(loss))
        {
            // Row j of the gradient is residual j times [1, x].
            ReadOnlySpan<double> residuals = _loss.Residuals;
            residuals.CopyTo(_gradient);
            for (int j = 0; j < residuals.Length; j++)
            {
                Scale(residuals[j], _features, _gradient.AsSpan(_biases + (j * _features.Length), _features.Length));
            }

            Step();
        }

        return loss;
    }

    /// <summary>Takes one step along a gradient, to which the penalty is added.</summary>
    /// <param name="gradient">The gradient of some rows, <c>C x (m+1)</c>, row-major.</param>
    public void Step(ReadOnlySpan<double> gradient)
    {
        FromRowMajor(gradient, _gradient);
        Step();
    }

    /// <inheritdoc/>
    public override void Exchange(IStateExchange state)
    {
        state.Count(ref _steps);
        Exchange(state, _weights);
        Exchange(state, _squares);
    }

    private static int WholeVectors(int length) => (length + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;

    // In vectors as wide as those that the steps load: what was stored in parts is not forwarded.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            VectorAlgebra.Scale(factor, x, y);
            return;
        }

        ReadOnlySpan<Vector512<double>> xs = MemoryMarshal.Cast<double, Vector512<double>>(x);
        Span<Vector512<double>> ys = MemoryMarshal.Cast<double, Vector512<double>>(y)[..xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            ys[i] = factor * xs[i];
        }
    }

    private void Step()
    {
        if (_options.L2 > 0)
        {
            VectorAlgebra.AddScaled(_options.L2, _weights.AsSpan(_biases), _gradient.AsSpan(_biases));
        }

        double rate = _options.LearningRate / (1 + (_options.Decay * _steps));
        if (_squares is null)
        {
            VectorAlgebra.AddScaled(-rate, _gradient, _weights);
        }
        else
        {
            AdaGradSteps.Step(_squares, _gradient, rate, _weights);
        }

        _steps++;
    }

    // The state is row-major.
    private void Exchange(IStateExchange state, double[]? numbers)
    {
        if (numbers is not null)
        {
            ToRowMajor(numbers, _rowMajor);
            state.Numbers(_rowMajor);
            FromRowMajor(_rowMajor, numbers);
        }
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
