using SoftmaxGen.Numerics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Online;

/// <summary>Steps along gradients in raw units: <see cref="OnlineMethod.Sgd"/> and <see cref="OnlineMethod.AdaGrad"/>.</summary>
internal sealed class GradientSteps : OnlineSteps
{
    private readonly OnlineOptions _options;
    private readonly double[] _weights;
    private readonly double[] _gradient;
    private readonly double[]? _squares;
    private readonly double[] _row;
    private readonly RowLoss _loss;
    private long _steps;

    /// <summary>Initializes a new instance of the <see cref="GradientSteps"/> class.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="start">The weights to start at, <c>C x (m+1)</c>, row-major; kept.</param>
    /// <param name="options">How to learn.</param>
    public GradientSteps(ModelShape shape, double[] start, OnlineOptions options)
    {
        _options = options;
        _weights = start;
        _gradient = new double[start.Length];
        _squares = options.Method == OnlineMethod.AdaGrad ? new double[start.Length] : null;
        _row = new double[shape.Features + 1];
        _row[0] = 1;
        _loss = new RowLoss(shape.Classes);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Weights => _weights;

    /// <summary>Gets the gradient of the rows of the next step, <c>C x (m+1)</c>, row-major, to be filled by who calls <see cref="Step"/>.</summary>
    public Span<double> Gradient => _gradient;

    /// <inheritdoc/>
    public override double Learn(ReadOnlySpan<double> features, int y)
    {
        features.CopyTo(_row.AsSpan(1));
        _loss.Score(_weights, _row);
        double loss = _loss.Evaluate(y);
        if (double.IsFinite(loss))
        {
            // Row j of the gradient is residual j times x.
            for (int j = 0; j < _loss.Residuals.Length; j++)
            {
                VectorAlgebra.Scale(_loss.Residuals[j], _row, _gradient.AsSpan(j * _row.Length, _row.Length));
            }

            Step();
        }

        return loss;
    }

    /// <summary>Takes one step along <see cref="Gradient"/>, to which the penalty is added.</summary>
    public void Step()
    {
        AddPenaltyGradient();
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

    /// <inheritdoc/>
    public override void Exchange(IStateExchange state)
    {
        state.Count(ref _steps);
        state.Numbers(_weights);
        state.Numbers(_squares);
    }

    private void AddPenaltyGradient()
    {
        if (_options.L2 == 0)
        {
            return;
        }

        int features = _row.Length - 1;
        for (int first = 1; first < _weights.Length; first += features + 1)
        {
            VectorAlgebra.AddScaled(_options.L2, _weights.AsSpan(first, features), _gradient.AsSpan(first, features));
        }
    }
}
