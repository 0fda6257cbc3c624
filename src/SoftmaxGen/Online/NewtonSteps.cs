using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Online;

/// <summary>
/// Steps whose size comes from the curvature of the rows so far: <see cref="OnlineMethod.Newton"/>. The weights are those of centred and scaled features;
/// see <see cref="FeatureScales"/>. What predicts lies between the start and what was learned; see <see cref="Trust"/>.
/// <para>
/// Row <c>t</c> counts <c>1 + t / n</c> times, where <c>n</c> is the number of rows that the start stands for: the curvature at the weights of long ago is not
/// that of today, and would shorten the steps for ever. The price is a third more variance than with rows that count alike.
/// </para>
/// </summary>
internal sealed class NewtonSteps : OnlineSteps
{
    // What weights of unknown origin stand for. With as many rows again, chance moves the loss of 20 weights by half a percent.
    private const double RowsOfModel = 1000;

    // Zero weights stand for little, but for enough that features which tell nothing are not believed: rows for each weight of a contrast.
    private const double RowsPerWeight = 2;

    // A step moves no score of its own row by more: where the curvature so far says little, a row must not say everything. A row that is lost by more than
    // twice this is met half-way.
    private const double LargestMove = 1;

    private readonly int _columns;
    private readonly double _l2;
    private readonly double[] _start;
    private readonly double[] _weights;
    private readonly double[] _rawWeights;
    private readonly double[] _step;
    private readonly double[] _row;
    private readonly double[] _near;
    private readonly double[] _uniform;
    private readonly double[] _pulls;
    private readonly RowLoss _lossOfStart;
    private readonly RowLoss _loss;
    private readonly RowLoss _lossBetween;
    private readonly FeatureScales _scales;
    private readonly Evidence _evidence;
    private readonly Curvature _curvature;
    private readonly Trust _trust = new();
    private readonly WarmUp? _warmUp;
    private double _rowsOfStart;
    private long _steps;

    /// <summary>Initializes a new instance of the <see cref="NewtonSteps"/> class that learns the scales of the features from the stream.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="start">The weights to start at, <c>C x (m+1)</c>, row-major; kept.</param>
    /// <param name="options">How to learn.</param>
    public NewtonSteps(ModelShape shape, double[] start, OnlineOptions options)
        : this(shape, start, options, new WarmUp(shape.Features, shape.Classes))
    {
        bool isZero = !start.AsSpan().ContainsAnyExcept(0);
        _rowsOfStart = options.PriorRows ?? (isZero ? RowsPerWeight * (shape.Classes - 1) * _columns : RowsOfModel);
    }

    /// <summary>Initializes a new instance of the <see cref="NewtonSteps"/> class that goes on from a training.</summary>
    /// <param name="set">The training set, whose rows are the evidence for the start.</param>
    /// <param name="start">The weights that were trained, <c>C x (m+1)</c>, row-major; kept.</param>
    /// <param name="options">How to learn.</param>
    public NewtonSteps(IMeanLoss set, double[] start, OnlineOptions options)
        : this(set.Shape, start, options, warmUp: null)
    {
        _rowsOfStart = options.PriorRows ?? set.RowCount;
        TrainingEvidence.Set(set, start, _rowsOfStart, _evidence);
        _scales.Take(set.Moments);
        FreeColumns();
        if (_curvature is FullCurvature full)
        {
            TrainingEvidence.SetInverse(set, start, _rowsOfStart, _evidence, _scales, full);
        }

        ScaleWeights();
    }

    private NewtonSteps(ModelShape shape, double[] start, OnlineOptions options, WarmUp? warmUp)
    {
        _columns = shape.Features + 1;
        _l2 = options.L2;
        _start = start;
        _weights = [.. start];
        _rawWeights = new double[start.Length];
        _step = new double[start.Length];
        _row = new double[_columns];
        _near = new double[_columns];
        _pulls = new double[shape.Classes];
        _uniform = new double[shape.Classes];
        _uniform.AsSpan().Fill(1.0 / shape.Classes);
        _lossOfStart = new RowLoss(shape.Classes);
        _loss = new RowLoss(shape.Classes);
        _lossBetween = new RowLoss(shape.Classes);
        _scales = new FeatureScales(shape.Features);
        _evidence = new Evidence(shape.Classes);
        _curvature = Curvature.Choose(shape);
        _warmUp = warmUp;
    }

    /// <summary>Makes steps of the kind that <see cref="WriteKind"/> wrote, whose state is yet to be read.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="options">How to learn.</param>
    /// <param name="state">The pass over the state.</param>
    /// <returns>The steps.</returns>
    public static NewtonSteps Read(ModelShape shape, OnlineOptions options, IStateExchange state)
    {
        long warmsUp = 0;
        state.Count(ref warmsUp);
        return new NewtonSteps(shape, new double[shape.ParameterCount], options, warmsUp == 0 ? null : new WarmUp(shape.Features, shape.Classes));
    }

    /// <summary>Writes whether the scales are learned from the stream.</summary>
    /// <param name="state">The pass over the state.</param>
    public void WriteKind(IStateExchange state)
    {
        long warmsUp = _warmUp is null ? 0 : 1;
        state.Count(ref warmsUp);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Weights
    {
        get
        {
            // The step is scratch between two rows.
            VectorAlgebra.Subtract(_weights, _start, _step);
            VectorAlgebra.AddScaled(_trust.Share, _step, _start, _step);
            _scales.ToRaw(_step, _rawWeights);
            return _rawWeights;
        }
    }

    /// <inheritdoc/>
    public override double Learn(ReadOnlySpan<double> features, int y)
    {
        if (_warmUp is null or { IsOver: true })
        {
            return Move(features, y);
        }

        _scales.Apply(features, _row);
        _loss.Score(_weights, _row);
        double loss = _loss.Evaluate(y);
        if (double.IsFinite(loss))
        {
            _warmUp.Keep(features, y, _loss.Probabilities);
            if (_warmUp.IsOver)
            {
                EndWarmUp(_warmUp);
            }
        }

        return loss;
    }

    /// <inheritdoc/>
    public override void Exchange(IStateExchange state)
    {
        state.Count(ref _steps);
        state.Numbers(new Span<double>(ref _rowsOfStart));
        state.Numbers(_start);
        state.Numbers(_weights);
        _scales.Exchange(state);
        _evidence.Exchange(state);
        _curvature.Exchange(state);
        _trust.Exchange(state);
        _warmUp?.Exchange(state);
    }

    private void EndWarmUp(WarmUp warmUp)
    {
        warmUp.Measure(_scales, _evidence, _rowsOfStart);
        ScaleWeights();
        FreeColumns();
        for (int row = 0; row < WarmUp.Rows; row++)
        {
            Move(warmUp.Features(row), warmUp.Label(row));
        }
    }

    private void ScaleWeights()
    {
        _scales.FromRaw(_start);
        _scales.FromRaw(_weights);
    }

    // Idle features stay where they are until their scale is known.
    private void FreeColumns()
    {
        for (int column = 0; column < _columns; column++)
        {
            if (column == 0 || !_scales.IsIdle(column - 1))
            {
                _curvature.Free(column, _evidence);
            }
        }
    }

    private double Move(ReadOnlySpan<double> features, int y)
    {
        _scales.Apply(features, _row);
        double loss = Predict(y);
        if (!double.IsFinite(loss))
        {
            return loss;
        }

        for (int feature = _scales.Wake(_row, _start, _weights); feature >= 0; feature = _scales.Wake(_row, _start, _weights))
        {
            _curvature.Free(feature + 1, _evidence);
        }

        double rowWeight = 1 + (_steps / _rowsOfStart);
        _scales.Reach(_row, _near);
        _curvature.Add(_near, _loss.Probabilities, rowWeight);
        _curvature.Step(_near, _loss.Residuals, _step);
        double move = rowWeight * LargestScoreChange();
        double largest = Math.Max(LargestMove, _loss.Value / 2);
        VectorAlgebra.AddScaled(rowWeight * (move > largest ? largest / move : 1), _step, _weights);
        _trust.Count(_lossOfStart.Value, _loss.Value);
        if (_l2 > 0)
        {
            Penalise((int)(_steps % (_columns - 1)), rowWeight);
        }

        _steps++;
        return loss;
    }

    /// <summary>Predicts the row by the start, by what was learned, and by what lies between.</summary>
    /// <returns>The loss of the last; not finite when one of them is not.</returns>
    private double Predict(int y)
    {
        _lossOfStart.Score(_start, _row);
        _loss.Score(_weights, _row);
        _lossBetween.Score(_lossOfStart, _loss, _trust.Share);
        return (0 * _lossOfStart.Evaluate(y)) + (0 * _loss.Evaluate(y)) + _lossBetween.Evaluate(y);
    }

    // Of the row as it is, not of the row as it counts.
    private double LargestScoreChange()
    {
        double largest = 0;
        for (int first = 0; first < _step.Length; first += _columns)
        {
            largest = Math.Max(largest, Math.Abs(VectorAlgebra.Dot(_step.AsSpan(first, _columns), _row)));
        }

        return largest;
    }

    /// <summary>
    /// Adds the penalty of one feature's raw weights, for all features of a row of steps: its curvature is <c>C m l2</c> times that of a row which is 1 at the
    /// feature, 0 elsewhere and predicted to be any class alike; its gradient pulls each weight towards the mean over the classes, which no probability
    /// depends on.
    /// </summary>
    private void Penalise(int feature, double rowWeight)
    {
        double strength = _l2 * (_columns - 1);
        int column = feature + 1;
        double inverseScale = _scales.InverseScale(feature);
        double mean = 0;
        for (int j = 0; j < _pulls.Length; j++)
        {
            _pulls[j] = _weights[(j * _columns) + column] * inverseScale;
            mean += _pulls[j] / _pulls.Length;
        }

        for (int j = 0; j < _pulls.Length; j++)
        {
            _pulls[j] = strength * (_pulls[j] - mean);
        }

        _near.AsSpan().Clear();
        _near[column] = inverseScale;
        _curvature.Add(_near, _uniform, rowWeight * strength * _pulls.Length);
        _curvature.Step(_near, _pulls, _step);
        VectorAlgebra.AddScaled(rowWeight, _step, _weights);
    }
}
