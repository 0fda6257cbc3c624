using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's steps of a quadratic model and a penalty with kinks by the coordinates that are at no kink: on the face where the others stay 0, both are smooth. What
/// sweeps over the coordinates take thousands of rounds for, where the model curves far less along some directions than along others, these do at once (as in
/// Wen, Yin, Goldfarb and Zhang, <i>A fast algorithm for sparse reconstruction based on shrinkage, subspace optimization, and continuation</i>, SIAM J. Sci.
/// Comput. 32, 2010).
/// </summary>
internal sealed class FaceStep
{
    // Halvings of a step: the norm of a group is no parabola.
    private const int MaxHalvings = 30;

    // Of the rounding of a pivot: along a direction in which nothing curves a step then leads to the nearest kink.
    private const double UnitsOfRidge = 8;

    private readonly SparsityPenalty _penalty;
    private readonly ExactModel _model;
    private readonly int[] _free;
    private readonly double[] _slopes;
    private readonly double[] _equations;
    private readonly double[] _inversePivots;
    private readonly double[] _step;
    private readonly double[] _direction;
    private readonly double[] _trial;
    private readonly double[] _change;

    /// <summary>Initializes a new instance of the <see cref="FaceStep"/> class.</summary>
    /// <param name="objective">Knows the penalty.</param>
    /// <param name="model">The model.</param>
    public FaceStep(Objective objective, ExactModel model)
    {
        int size = objective.ParameterCount;
        _penalty = objective.Sparsity;
        _model = model;
        _free = new int[size];
        _slopes = objective.Workspace.Rent(size);
        _equations = objective.Workspace.Rent(size * Cholesky.Stride(size));
        _inversePivots = objective.Workspace.Rent(size);
        _step = objective.Workspace.Rent(size);
        _direction = objective.Workspace.Rent(size);
        _trial = objective.Workspace.Rent(size);
        _change = objective.Workspace.Rent(size);
    }

    /// <summary>Takes steps from kink to kink, as long as they lower the sum of model and penalty, until one ends before it meets another.</summary>
    /// <param name="target">Where the model was moved to; receives where it is moved to.</param>
    public void TakeAll(Span<double> target)
    {
        while (Take(target))
        {
        }
    }

    // Returns whether the step ended at a kink.
    private bool Take(Span<double> target)
    {
        ReadOnlySpan<int> free = FindDirection(target);
        double length = _penalty.LengthToKink(target, _direction, out CoordinateBlock kink);
        for (int halvings = 0; halvings <= MaxHalvings; halvings++)
        {
            VectorAlgebra.AddScaled(length, _direction, target, _trial);
            for (int i = 0; i < kink.Count; i++)
            {
                _trial[kink[i]] = 0;
            }

            if (Decreases(target, free))
            {
                _trial.CopyTo(target);
                foreach (int i in free)
                {
                    _model.Move(i, _change[i]);
                }

                return kink.Count > 0;
            }

            length /= 2;
            kink = default;
        }

        return false;
    }

    private ReadOnlySpan<int> FindDirection(ReadOnlySpan<double> target)
    {
        int size = 0;
        for (int b = 0; b < _penalty.BlockCount; b++)
        {
            size += _penalty.FindFree(_penalty.Block(b), target, _free.AsSpan(size), _slopes.AsSpan(size));
        }

        int stride = Cholesky.Stride(size);
        double ridge = 1 + (UnitsOfRidge * Cholesky.Rounding(size));
        Span<double> equations = _equations.AsSpan(0, size * stride);
        for (int a = 0; a < size; a++)
        {
            ReadOnlySpan<double> row = _model.Row(_free[a]);
            Span<double> equation = equations.Slice(a * stride, stride);
            for (int c = a; c < size; c++)
            {
                equation[c] = row[_free[c]] + _penalty.Curvature(target, _free[a], _free[c]);
            }

            equation[a] *= ridge;
            equation[size] = -(_model.Slope(_free[a]) + _slopes[a]);
        }

        Span<double> step = _step.AsSpan(0, size);
        Cholesky.Solve(equations, _inversePivots.AsSpan(0, size), step);
        Array.Clear(_direction);
        for (int a = 0; a < size; a++)
        {
            _direction[_free[a]] = step[a];
        }

        return _free.AsSpan(0, size);
    }

    private bool Decreases(ReadOnlySpan<double> target, ReadOnlySpan<int> free)
    {
        VectorAlgebra.Subtract(_trial, target, _change);
        double model = 0;
        foreach (int i in free)
        {
            model += _change[i] * (_model.Slope(i) + (VectorAlgebra.Dot(_model.Row(i), _change) / 2));
        }

        return model + _penalty.Value(_trial) - _penalty.Value(target) < 0;
    }
}
