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
    // What weights of unknown origin stand for: with as many rows again, chance moves the loss of 20 weights by half a percent.
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
    private readonly double[] _features;
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
    private readonly KeptRows _kept;
    private double _rowsOfStart;
    private long _hasBegun;
    private long _steps;

    /// <summary>Initializes a new instance of the <see cref="NewtonSteps"/> class that learns the scales of the features from the stream.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="start">The weights to start at, <c>C x (m+1)</c>, row-major; kept.</param>
    /// <param name="options">How to learn.</param>
    public NewtonSteps(ModelShape shape, double[] start, OnlineOptions options)
    {
        _columns = shape.Features + 1;
        _l2 = options.L2;
        _start = start;
        _weights = [.. start];
        _rawWeights = new double[start.Length];
        _step = new double[start.Length];
        _features = new double[shape.Features];
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
        _kept = new KeptRows(shape.Features, shape.Classes);
        bool isZero = !start.AsSpan().ContainsAnyExcept(0);
        _rowsOfStart = options.PriorRows ?? (isZero ? RowsPerWeight * (shape.Classes - 1) * _columns : RowsOfModel);
    }

    /// <summary>Initializes a new instance of the <see cref="NewtonSteps"/> class that goes on from a training.</summary>
    /// <param name="set">The training set, whose rows are the evidence for the start.</param>
    /// <param name="start">The weights that were trained, <c>C x (m+1)</c>, row-major; kept.</param>
    /// <param name="options">How to learn.</param>
    public NewtonSteps(IMeanLoss set, double[] start, OnlineOptions options)
        : this(set.Shape, start, options)
    {
        double[] trained = [.. start];
        _rowsOfStart = options.PriorRows ?? set.RowCount;
        _hasBegun = 1;
        TrainingEvidence.Set(set, trained, _rowsOfStart, _evidence);
        _curvature.Free(0, _evidence);
        for (int feature = 0; feature < _columns - 1; feature++)
        {
            if (_scales.Set(feature, set.Moments.Means[feature], set.Moments.Deviations[feature], _start, _weights))
            {
                _curvature.Free(feature + 1, _evidence);
            }
        }

        if (_curvature is FullCurvature full)
        {
            TrainingEvidence.SetInverse(set, trained, _rowsOfStart, _evidence, _scales, full);
        }
    }

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

    public override Span<double> Features => _features;

    /// <inheritdoc/>
    /// <remarks>The first rows are kept until they are enough to measure the features on. Then they are learned from, in their order.</remarks>
    public override double Learn(int y)
    {
        if (_hasBegun != 0)
        {
            return Move(_features, y);
        }

        _scales.Apply(_features, _row);
        _loss.Score(_start, _row);
        double loss = _loss.Evaluate(y);
        if (double.IsFinite(loss))
        {
            _kept.Add(_features, y);
            if (_kept.IsFull)
            {
                Begin();
            }
        }

        return loss;
    }

    public override void Exchange(IStateExchange state)
    {
        state.Count(ref _steps);
        state.Count(ref _hasBegun);
        state.Numbers(new Span<double>(ref _rowsOfStart));
        state.Numbers(_start);
        state.Numbers(_weights);
        _scales.Exchange(state);
        _evidence.Exchange(state);
        _curvature.Exchange(state);
        _trust.Exchange(state);
        _kept.Exchange(state);
    }

    private void Begin()
    {
        _hasBegun = 1;
        _evidence.Clear();
        for (int row = 0; row < KeptRows.Capacity; row++)
        {
            _scales.Apply(_kept.Features(row), _row);
            _loss.Score(_start, _row);
            _loss.Evaluate(_kept.Label(row));
            _evidence.Add(_loss.Probabilities);
        }

        _evidence.Set(_rowsOfStart);
        _curvature.Free(0, _evidence);
        MeasureIdleFeatures();

        // A row so far away that its scaled features overflow moves nothing. Its loss has been told, and later ones like it are refused.
        for (int row = 0; row < KeptRows.Capacity; row++)
        {
            Move(_kept.Features(row), _kept.Label(row));
        }

        _kept.Clear();
    }

    // What is measured may move.
    private void MeasureIdleFeatures()
    {
        for (int feature = 0; feature < _columns - 1; feature++)
        {
            if (_scales.IsIdle(feature) && _scales.Measure(feature, _kept.Column(feature), _start, _weights))
            {
                _curvature.Free(feature + 1, _evidence);
            }
        }
    }

    /// <summary>Keeps rows from the first on in which a feature that seemed constant departs, and measures it when they are enough.</summary>
    private void WatchIdleFeatures(ReadOnlySpan<double> features, int y)
    {
        if (_kept.IsFull || (_kept.IsEmpty && !_scales.Departs(_row)))
        {
            return;
        }

        _kept.Add(features, y);
        if (_kept.IsFull)
        {
            MeasureIdleFeatures();
            _kept.Clear();
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

        WatchIdleFeatures(features, y);
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
