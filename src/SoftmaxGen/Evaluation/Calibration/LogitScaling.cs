using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Finds the scale and the bias of each class's logit with the least log loss, a convex function, by Newton's method from scales and biases of 0. Of
/// two classes the logit is that of the second against the first, with one scale and one bias; of more, logits are centred over the classes, each has
/// a scale, and each but the first a bias.
/// </summary>
internal sealed class LogitScaling
{
    private const int MostSteps = 100;

    private const int MostHalvings = 60;

    /// <summary>
    /// Newton's method doubles the digits: after a step that changes no logit by more, none is off by more than the square. Where the optimum lies at
    /// infinity steps do not get smaller: each adds about 1 to the logits of the rows that separate.
    /// </summary>
    private const double LastStep = 1e-8;

    /// <summary>
    /// The curvature hardly changes along such a step: it is taken whole. What it gains may be less than the rounding of the loss.
    /// </summary>
    private const double SmallStep = 0.01;

    /// <summary>Rounding alone leaves pivots of some 1e-15.</summary>
    private const double SmallestPivot = 1e-12;

    private readonly CalibrationRows _rows;
    private readonly double[] _ownTargets;
    private readonly int _classes;

    // Of each class mean 0 and deviation 1, so that no unit of the scores matters.
    private readonly double[] _logits;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly Parameter[] _parameters;

    // Of the row at hand.
    private readonly double[] _scaled;
    private readonly double[] _probabilities;
    private readonly double[] _others;

    /// <summary>Initializes a new instance of the <see cref="LogitScaling"/> class.</summary>
    /// <param name="rows">The rows; each class must have one.</param>
    /// <param name="ownTargets">For the rows of each class, the probability that is aimed at for the class itself; the others share the rest.</param>
    /// <param name="parameterName">The name of the argument with the rows.</param>
    /// <exception cref="ArgumentException">A logit is the same in all rows.</exception>
    public LogitScaling(CalibrationRows rows, double[] ownTargets, string parameterName)
    {
        _rows = rows;
        _ownTargets = ownTargets;
        _classes = ownTargets.Length;
        _parameters =
        [
            .. Enumerable.Range(FirstScale, _classes - FirstScale).Select(static index => new Parameter(index, IsScale: true)),
            .. Enumerable.Range(1, _classes - 1).Select(static index => new Parameter(index, IsScale: false)),
        ];
        _scaled = new double[_classes];
        _probabilities = new double[_classes];
        _others = new double[_classes];
        _means = new double[_classes];
        _deviations = new double[_classes];
        _logits = new double[rows.Count * _classes];
        for (int row = 0; row < rows.Count; row++)
        {
            Logits(rows.Scores(row), _logits.AsSpan(row * _classes, _classes));
        }

        for (int j = FirstScale; j < _classes; j++)
        {
            Standardize(j, parameterName);
        }
    }

    private int FirstScale => _classes == 2 ? 1 : 0;

    /// <summary>Writes the logits of a row.</summary>
    /// <param name="scores">Its <c>C</c> scores.</param>
    /// <param name="logits">
    /// Receives its <c>C</c> logits: of two classes 0 and the difference of the scores, of more the scores less their mean.
    /// </param>
    public static void Logits(ReadOnlySpan<double> scores, Span<double> logits)
    {
        double origin = 0;
        foreach (double score in scores)
        {
            origin += score / scores.Length;
        }

        origin = scores.Length == 2 ? scores[0] : origin;
        for (int j = 0; j < scores.Length; j++)
        {
            logits[j] = scores[j] - origin;
        }
    }

    /// <summary>Finds the optimum.</summary>
    /// <returns>The scales and the biases of the <c>C</c> logits; those that are not parameters are 0.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public (double[] Scales, double[] Biases) Minimize(string parameterName)
    {
        int size = _parameters.Length;
        double[] point = new double[size];
        double[] gradient = new double[size];
        double[] hessian = new double[size * size];
        for (int step = 0; step < MostSteps; step++)
        {
            double value = Derivatives(point, gradient, hessian);
            if (SymmetricInverse.Invert(hessian, size, SmallestPivot) >= 0)
            {
                break;
            }

            double[] direction = new double[size];
            for (int i = 0; i < size; i++)
            {
                direction[i] = -VectorAlgebra.Dot(hessian.AsSpan(i * size, size), gradient);
            }

            double change = LargestChange(direction);
            if (change <= SmallStep)
            {
                VectorAlgebra.AddScaled(1, direction, point);
            }
            else if (!TryDescend(point, direction, value, VectorAlgebra.Dot(gradient, direction)))
            {
                break;
            }

            if (change <= LastStep)
            {
                return Unstandardized(point);
            }
        }

        throw new ArgumentException(
            "There are no best scales and biases: the log loss falls for ever as some of them grow, because all or nearly all rows of a class can be told "
            + "from the others by these scores, or the scores of one class follow from those of the others. More rows help, or TemperatureScaling.",
            parameterName);
    }

    private static double LogOfSum(ReadOnlySpan<double> logits, Span<double> probabilities)
    {
        (double largest, double sum) = ScalarSoftmax.Exponentiate(logits, probabilities);
        VectorAlgebra.Scale(1 / sum, probabilities, probabilities);
        return Math.Log(sum) + largest;
    }

    private bool TryDescend(double[] point, double[] direction, double value, double slope)
    {
        double[] trial = new double[point.Length];
        double length = 1;
        for (int halving = 0; halving < MostHalvings; halving++)
        {
            VectorAlgebra.AddScaled(length, direction, point, trial);
            if (Value(trial) <= value + (1e-4 * length * slope))
            {
                trial.CopyTo(point, 0);
                return true;
            }

            length /= 2;
        }

        return false;
    }

    private void Standardize(int index, string parameterName)
    {
        double mean = 0;
        double reach = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            mean += _rows.Weights[row] / _rows.TotalWeight * _logits[(row * _classes) + index];
            reach = Math.Max(reach, Math.Abs(_logits[(row * _classes) + index]));
        }

        // Relative to the largest, whose square may overflow.
        double variance = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            double distance = (_logits[(row * _classes) + index] - mean) / reach;
            variance += _rows.Weights[row] / _rows.TotalWeight * distance * distance;
        }

        double deviation = reach * Math.Sqrt(variance);
        if (!(deviation > 1e-13 * reach))
        {
            throw new ArgumentException(
                $"The model gives every row the same score for the class {ClassTitle.Of(_rows.Shape, index)}, against the others: there is nothing to scale.",
                parameterName);
        }

        _means[index] = mean;
        _deviations[index] = deviation;
        for (int row = 0; row < _rows.Count; row++)
        {
            ref double logit = ref _logits[(row * _classes) + index];
            logit = (logit - mean) / deviation;
        }
    }

    private (double[] Scales, double[] Biases) Unstandardized(double[] point)
    {
        double[] scales = new double[_classes];
        double[] biases = new double[_classes];
        for (int i = 0; i < point.Length; i++)
        {
            (int index, bool isScale) = _parameters[i];
            if (isScale)
            {
                scales[index] = point[i] / _deviations[index];
                biases[index] -= scales[index] * _means[index];
            }
            else
            {
                biases[index] += point[i];
            }
        }

        return (scales, biases);
    }

    /// <summary>Leaves the scaled logits of a row, or their change along a direction, in their place.</summary>
    private void ScaleLogits(int row, double[] point)
    {
        Array.Clear(_scaled);
        for (int i = 0; i < point.Length; i++)
        {
            _scaled[_parameters[i].ClassIndex] += point[i] * FactorOf(row, i);
        }
    }

    // What a parameter is multiplied by in the logit of its class.
    private double FactorOf(int row, int parameter) =>
        _parameters[parameter].IsScale ? _logits[(row * _classes) + _parameters[parameter].ClassIndex] : 1;

    private double TargetOf(int row, int index)
    {
        double own = _ownTargets[_rows.ClassIndices[row]];
        return _rows.ClassIndices[row] == index ? own : (1 - own) / (_classes - 1);
    }

    private double Value(double[] point)
    {
        double sum = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            ScaleLogits(row, point);
            sum += _rows.Weights[row] / _rows.TotalWeight * RowLoss(row, LogOfSum(_scaled, _probabilities));
        }

        return sum;
    }

    // The mean distance of the targets' logits to the logarithm of the sum.
    private double RowLoss(int row, double logOfSum)
    {
        double loss = 0;
        for (int j = 0; j < _classes; j++)
        {
            loss += TargetOf(row, j) * (logOfSum - _scaled[j]);
        }

        return loss;
    }

    private double Derivatives(double[] point, double[] gradient, double[] hessian)
    {
        Array.Clear(gradient);
        Array.Clear(hessian);
        double sum = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            ScaleLogits(row, point);
            double weight = _rows.Weights[row] / _rows.TotalWeight;
            sum += weight * RowLoss(row, LogOfSum(_scaled, _probabilities));
            SumOthers();
            AddDerivatives(row, weight, gradient, hessian);
        }

        return sum;
    }

    private void AddDerivatives(int row, double weight, double[] gradient, double[] hessian)
    {
        for (int a = 0; a < gradient.Length; a++)
        {
            int j = _parameters[a].ClassIndex;
            double factor = weight * FactorOf(row, a);
            double target = TargetOf(row, j);

            // P - q without the cancellation, by which a separable set would seem to have an optimum.
            gradient[a] += factor * ((_probabilities[j] * (1 - target)) - (target * _others[j]));
            for (int b = 0; b <= a; b++)
            {
                int l = _parameters[b].ClassIndex;
                double curvature = _probabilities[j] * (j == l ? _others[j] : -_probabilities[l]);
                hessian[(a * gradient.Length) + b] += factor * curvature * FactorOf(row, b);
            }
        }
    }

    /// <summary>Leaves <c>1 - P_j</c> in place, the sum of the others where that is the more exact.</summary>
    private void SumOthers()
    {
        for (int j = 0; j < _classes; j++)
        {
            _others[j] = _probabilities[j] > 0.5 ? ScalarSoftmax.Others(_probabilities, j) : 1 - _probabilities[j];
        }
    }

    private double LargestChange(double[] direction)
    {
        double largest = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            ScaleLogits(row, direction);
            foreach (double change in _scaled)
            {
                largest = Math.Max(largest, Math.Abs(change));
            }
        }

        return largest;
    }

    /// <summary>A number that is looked for.</summary>
    /// <param name="ClassIndex">The class whose logit it acts on.</param>
    /// <param name="IsScale">Whether it is the scale of the logit, or its bias.</param>
    private readonly record struct Parameter(int ClassIndex, bool IsScale);
}
