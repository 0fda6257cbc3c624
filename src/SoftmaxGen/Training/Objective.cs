using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training;

/// <summary>
/// The function that is minimised: <c>f(V) = L(W) + (l2/2) * ||U||^2</c>, smooth and convex, to which a solver that can adds the
/// <see cref="SparsityPenalty"/>. The optimiser moves <c>V</c>, from which the raw weights <c>W</c> and the penalised weights <c>U</c> follow by the
/// <see cref="Coordinates"/>. Points, steps and gradients are by <c>V</c>, <c>C x (m+1)</c>, row-major. Not thread-safe; no call allocates.
/// </summary>
internal sealed class Objective
{
    /// <summary>The rounding errors of a value, in units of the last place: those of the scores, a few hundred at most, pass through whole.</summary>
    private const double RoundingUnits = 256;

    // Of a score: those of a sum over the rows.
    private const double UnitsOfSoftLabels = 64;

    // What a proof may cost: a Hessian of 8 MB, and as many passes over the rows as some trainings.
    private const int MostProducts = 1024;

    // Of a row: with less on average nearly all rows are certain, and where they curve is rounding.
    private const double LeastCurvature = 1e-10;

    private readonly IMeanLoss _loss;
    private readonly double _l2;
    private readonly Coordinates _coordinates;
    private readonly int _maxThreads;
    private readonly int _rowLength;
    private readonly double _unit;
    private readonly double[] _weights;
    private readonly double[] _curvatures;
    private readonly double[] _penaltyGradient;
    private readonly double[] _weightsDirection;
    private double[]? _centredRow;
    private bool _isRecentred;

    // Delegates are made once, since a refit should allocate little; so one visit cannot stand within another.
    private double[]? _visitedPoint;
    private double[]? _probabilities;
    private RowVisitor? _visitor;
    private RowVisitor? _visitCentred;
    private RowVisitor? _visitProbable;
    private ProbabilityVisitor? _probabilityVisitor;
    private double _visitedWeight;

    public Objective(
        IMeanLoss loss, double l2, bool standardize, int maxThreads, double l1 = 0, double groupL1 = 0, Workspace? workspace = null)
    {
        Workspace = workspace ?? new Workspace();
        _loss = loss;
        _l2 = l2;
        _maxThreads = maxThreads;
        _rowLength = loss.Shape.Features + 1;
        _unit = loss.Shape.Precision == SoftmaxPrecision.Single ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;
        _coordinates = Coordinates.Choose(loss.Moments, loss.Shape.Classes, l2, standardize, Workspace, _unit);
        _weights = Workspace.Rent(loss.Shape.ParameterCount);
        _weightsDirection = Workspace.Rent(loss.Shape.ParameterCount);
        _penaltyGradient = Workspace.Rent(loss.Shape.ParameterCount);
        _curvatures = Workspace.Rent(loss.Shape.ParameterCount);
        Sparsity = new SparsityPenalty(_coordinates, loss.Shape, l1, groupL1, Workspace);
        FindCurvatures();
    }

    /// <summary>Looks at the probabilities of a row.</summary>
    /// <param name="row">The row <c>[1, x_1 … x_m]</c>, as raw weights see it.</param>
    /// <param name="centred">The row with its features centred and scaled, as a point sees it.</param>
    /// <param name="probabilities">The probabilities of its classes.</param>
    /// <param name="weight">Its weight.</param>
    public delegate void ProbabilityVisitor(
        ReadOnlySpan<double> row, ReadOnlySpan<double> centred, ReadOnlySpan<double> probabilities, double weight);

    /// <summary>Gets where the vectors of a training are rented.</summary>
    public Workspace Workspace { get; }

    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public int Classes => _loss.Shape.Classes;

    /// <summary>Gets the number of elements of a row of a point, <c>m + 1</c>.</summary>
    public int RowLength => _rowLength;

    /// <summary>Gets the number of rows of the training set.</summary>
    public long RowCount => _loss.RowCount;

    /// <summary>Gets a value indicating whether a few rows can stand for all, as stochastic solvers ask.</summary>
    public bool HasBatches => _loss.HasBatches;

    /// <summary>Gets the sum of the weights of the rows.</summary>
    public double TotalWeight => _loss.TotalWeight;

    /// <summary>
    /// Gets a value indicating whether <see cref="Hessian"/> may be called: it is generated, or found by as many products as there are coordinates.
    /// </summary>
    public bool CanFindHessian => HasHessian || ParameterCount <= MostProducts;

    /// <summary>Gets a value indicating whether the Hessian is generated: one pass over the training set finds it.</summary>
    public bool HasHessian => _loss.HasHessian && _coordinates.HasProducts;

    /// <summary>Gets the number of distinct elements of the Hessian of the loss.</summary>
    public int PackedHessianLength => new PackedHessian(_loss.Shape).Length;

    /// <summary>Gets a value indicating whether the weights of features are free to move together, because nothing penalises them.</summary>
    public bool IsUnpenalised => _l2 == 0 && IsSmooth;

    /// <summary>Gets the scale of a feature in the coordinates: its deviation, or more where raw weights are penalised.</summary>
    public double Scale(int feature) => _coordinates.Scale(feature);

    /// <summary>Decides whether a feature has no weight, because it does not vary.</summary>
    public bool IsConstant(int feature) => _loss.Moments.Deviations[feature] == 0;

    /// <summary>Gets a value indicating whether features are no longer measured by their means and deviations; see <see cref="Recentre"/>.</summary>
    public bool IsRecentred => _isRecentred;

    /// <summary>
    /// Gets by how much the centring of products magnifies their rounding: <c>1 + (mean_k / d_k)^2</c>, for they are summed before.
    /// </summary>
    public double Cancellation(int column) => column == 0 ? 1 : 1 + Math.Pow(_coordinates.Centred(column - 1, 0), 2);

    /// <summary>Gets the mean square of a column in the coordinates: a weight curves by at most a quarter of it.</summary>
    /// <returns>The mean over the rows of the square of the centred and scaled feature; 1 for the bias, 0 for a constant feature.</returns>
    public double MeanSquare(int column)
    {
        if (column == 0 || IsConstant(column - 1))
        {
            return column == 0 ? 1 : 0;
        }

        (double mean, double deviation) = (_loss.Moments.Means[column - 1], _loss.Moments.Deviations[column - 1]);
        double distance = _coordinates.Centred(column - 1, mean);
        double spread = deviation / _coordinates.Scale(column - 1);
        return (distance * distance) + (spread * spread);
    }

    /// <summary>Bounds by how much a step changes a difference of two scores of a row, without a look at the rows.</summary>
    /// <returns>The bound; infinite where there is none.</returns>
    public double LargestChange(ReadOnlySpan<double> step)
    {
        // A row of the weight w is no further from the mean than sqrt(n / w) deviations.
        double farthest = Math.Sqrt(_loss.TotalWeight / _loss.SmallestRowWeight);
        return _isRecentred ? double.PositiveInfinity : 2 * _coordinates.LargestScore(step, farthest);
    }

    /// <summary>Gets the strength of the L2 penalty.</summary>
    public double L2 => _l2;

    /// <summary>Gets the penalty with kinks, which is not part of the smooth value.</summary>
    public SparsityPenalty Sparsity { get; }

    /// <summary>Gets a value indicating whether there is no penalty with kinks.</summary>
    public bool IsSmooth => !Sparsity.Exists;

    /// <summary>Gets the distance of 1 to the next number of the precision of the rows.</summary>
    public double RoundingUnit => _unit;

    /// <summary>Gets a value indicating whether something is added to the scores.</summary>
    public bool HasOffsets => _loss.HasOffsets;

    /// <summary>Gets a value indicating whether the objective may lack an optimum: nothing is penalised, and every row has one class.</summary>
    public bool MayBeSeparable => IsUnpenalised && _loss.SmallestRowWeight > 0;

    /// <summary>Gets the number of coordinates of a point, <c>C * (m + 1)</c>.</summary>
    public int ParameterCount => _weights.Length;

    /// <summary>Gets the number of evaluations so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Evaluates the objective and its gradient: one pass over the training set.</summary>
    public double ValueAndGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Evaluations++;
        return ValueAndGradient(null, point, gradient);
    }

    /// <summary>Takes rows, evenly spread, that can stand for all.</summary>
    /// <returns>The sample; null where some rows cannot stand for all.</returns>
    public IRowSample? Sample(long stride) => _loss.Sample(stride);

    /// <summary>Evaluates the objective with the mean loss of a sample in the place of that of all rows.</summary>
    public double SampleValueAndGradient(IRowSample sample, ReadOnlySpan<double> point, Span<double> gradient) => ValueAndGradient(sample, point, gradient);

    /// <summary>Says that an iteration has ended.</summary>
    /// <returns>Whether it is to end.</returns>
    public bool EndIteration(bool isCanceled) => _loss.EndIteration(isCanceled);

    /// <summary>Counts a pass over the rows in batches.</summary>
    public void CountEpoch() => Evaluations++;

    /// <summary>Estimates the gradient from a few rows.</summary>
    public void BatchGradient(ReadOnlySpan<double> point, ReadOnlySpan<int> rows, Span<double> gradient)
    {
        _coordinates.ToWeights(point, _weights);
        _loss.BatchLossAndGradient(_weights, rows, gradient);
        _coordinates.ToGradient(gradient);
        AddPenalty(point, gradient);
    }

    /// <summary>Computes the product of the Hessian with a direction: one pass over the training set, at the cost of about two gradients.</summary>
    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        Evaluations++;
        _coordinates.ToWeights(point, _weights);
        _coordinates.ToWeights(direction, _weightsDirection);
        if (FiniteScan.FirstNonFinite<double>(_weightsDirection) >= 0)
        {
            // A direction that no weights have: the solver learns so from a curvature that is not a number.
            product.Fill(double.NaN);
            return;
        }

        _loss.HessianProduct(_weights, _weightsDirection, product, _maxThreads);
        _coordinates.ToGradient(product);
        AddPenalty(direction, product);
    }

    /// <summary>
    /// Computes the Hessian: one pass over the training set where it is generated and features do not lie so far from zero that its digits cancel, else one for
    /// each coordinate.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="scratch">What the passes need: <see cref="ParameterCount"/>, and <see cref="PackedHessianLength"/> with a generated Hessian.</param>
    /// <param name="hessian">Receives the Hessian by <c>V</c>, <c>P x P</c>, row-major.</param>
    public void Hessian(ReadOnlySpan<double> point, Span<double> scratch, Span<double> hessian)
    {
        if (!HasHessian || !_coordinates.HasExactProducts)
        {
            Span<double> direction = scratch[..ParameterCount];
            direction.Clear();
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] = 1;
                HessianProduct(point, direction, hessian.Slice(i * direction.Length, direction.Length));
                direction[i] = 0;
            }

            return;
        }

        Span<double> packed = scratch[..PackedHessianLength];
        EvaluateHessian(point, packed);
        new PackedHessian(_loss.Shape).Expand(packed, hessian);
        _coordinates.ToHessian(hessian, ParameterCount);
        for (int i = 0; i < ParameterCount; i++)
        {
            hessian[(i * ParameterCount) + i] += _curvatures[i];
        }
    }

    /// <summary>
    /// Computes the Hessian of the loss by the contrasts <c>V_j - V_0</c>, on which alone the loss depends, without the penalty: one pass over the
    /// training set.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="packed">What the pass needs, <see cref="PackedHessianLength"/>.</param>
    /// <param name="hessian">Receives the upper triangle of the Hessian, <c>n x n</c> with <c>n = (C - 1) (m + 1)</c>.</param>
    /// <param name="stride">The elements from one row of it to the next.</param>
    public void ContrastHessian(ReadOnlySpan<double> point, Span<double> packed, Span<double> hessian, int stride)
    {
        EvaluateHessian(point, packed);
        _coordinates.ToContrasts(packed, Classes, hessian, stride);
    }

    /// <summary>Gets the second derivative of the L2 penalty by a coordinate: <c>l2 u_k^2</c>, and 0 for a bias.</summary>
    public double PenaltyCurvature(int column)
    {
        double factor = column == 0 ? 0 : _coordinates.PenaltyFactor(column - 1);
        return _l2 * factor * factor;
    }

    /// <summary>Computes the penalty <c>(l2/2) * ||U||^2</c>; the biases are not in <c>U</c>.</summary>
    public double Penalty(ReadOnlySpan<double> point) => VectorAlgebra.MultiplyAndDot(_curvatures, point, point, _penaltyGradient) / 2;

    /// <summary>
    /// Finds the largest magnitude of a gradient by the weights that the penalty acts on, which is what a tolerance is compared with. With a
    /// penalty that has kinks it is that of the subgradient nearest to zero.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">The gradient of the smooth part at the point.</param>
    public double GradientNorm(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient) =>
        IsSmooth ? _coordinates.GradientNorm(gradient) : Sparsity.GradientNorm(point, gradient);

    /// <summary>
    /// Bounds the rounding error of a value at a point. It does not vanish with the value: a row's loss is the logarithm of a number near 1, so its
    /// error is absolute, and that of features far from zero is that of their scores.
    /// </summary>
    /// <returns>The change below which two values cannot be told apart.</returns>
    public double Noise(double value, ReadOnlySpan<double> point) => Math.Max(Noise(value), ScoreRounding(point));

    /// <summary>Bounds the rounding error of a value where features lie near zero.</summary>
    /// <returns>The change below which two values cannot be told apart.</returns>
    public double Noise(double value) => RoundingUnits * _unit * Math.Max(1, Math.Abs(value));

    /// <summary>
    /// Bounds what rounding makes of soft labels, which are a sum over the rows times the weights: along a direction that no row sees, the product is
    /// nothing but rounding and falls for ever where nothing is penalised.
    /// </summary>
    /// <returns>The error of a value; 0 where no labels are soft, or a penalty keeps the weights small.</returns>
    public double SoftLabelRounding(ReadOnlySpan<double> point) =>
        IsUnpenalised && _loss.SmallestRowWeight == 0 ? UnitsOfSoftLabels * ScoreRounding(point) : 0;

    /// <summary>
    /// Bounds the rounding error of a score: every term <c>W_jk x_k</c> is rounded, those of a feature far from zero by many units of the score.
    /// </summary>
    public double ScoreRounding(ReadOnlySpan<double> point) => _unit / 2 * _coordinates.LargestTerms(point);

    /// <summary>Bounds the rounding error of <see cref="GradientNorm"/>.</summary>
    public double GradientRounding(ReadOnlySpan<double> point)
    {
        // Each term of a score is rounded, and so is each weight on the way from the point.
        double roundings = 4 * _rowLength;
        return _coordinates.GradientRounding(roundings * _unit, roundings * ScoreRounding(point));
    }

    /// <summary>
    /// Visits rows of positive weight with their features centred and scaled, so that scores are products with a point; see
    /// <see cref="IMeanLoss.VisitRows"/>.
    /// </summary>
    public void VisitCentredRows(long stride, RowVisitor visitor)
    {
        _centredRow ??= Workspace.Rent(_rowLength);
        _visitor = visitor;
        _loss.VisitRows(stride, _visitCentred ??= VisitCentred);
    }

    /// <summary>Visits all rows of positive weight.</summary>
    public void VisitRows(RowVisitor visitor) => _loss.VisitRows(1, visitor);

    /// <summary>Visits rows of positive weight with the probabilities of their classes.</summary>
    public double VisitProbabilities(ReadOnlySpan<double> point, long stride, ProbabilityVisitor visit)
    {
        _visitedPoint ??= Workspace.Rent(ParameterCount);
        _probabilities ??= Workspace.Rent(Classes);
        point.CopyTo(_visitedPoint);
        _probabilityVisitor = visit;
        _visitedWeight = 0;
        _centredRow ??= Workspace.Rent(_rowLength);
        _loss.VisitRows(stride, _visitProbable ??= VisitProbable);
        return _visitedWeight;
    }

    private bool VisitCentred(TrainingRow row)
    {
        _coordinates.Centre(row.Columns, _centredRow!);
        return _visitor!(row with { Columns = _centredRow });
    }

    private bool VisitProbable(TrainingRow row)
    {
        double[] p = _probabilities!;
        double[] centred = _centredRow!;
        _coordinates.Centre(row.Columns, centred);
        ScalarSoftmax.Scores(_visitedPoint, centred, p);
        VectorAlgebra.AddScaled(1, row.Offsets, p);
        (_, double sum) = ScalarSoftmax.Exponentiate(p, p);
        VectorAlgebra.Scale(1 / sum, p, p);
        _visitedWeight += row.Weight;
        _probabilityVisitor!(row.Columns, centred, p, row.Weight);
        return true;
    }

    /// <summary>
    /// Moves the origin and the scale of each feature to where the objective curves: to the mean and the deviation of the rows as they weigh in the Hessian at
    /// a point. There the rows that are certain do not count, be they ever so far away. The penalty has its part in the scale, as in
    /// <see cref="Coordinates.Choose"/>: where every row with the feature is certain, the objective curves by nothing else.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major; receives the same weights in the new coordinates.</param>
    /// <param name="other">Another point to take along.</param>
    public void Recentre(Span<double> point, Span<double> other)
    {
        double[] centers = Workspace.Rent(_rowLength);
        double[] squares = Workspace.Rent(_rowLength);
        double total = 0;
        double rows = VisitProbabilities(point, 1, (row, _, p, weight) =>
        {
            // Means and squares as West (1979) updates them.
            double curvature = weight * Curvature(p);
            if (!(curvature > 0))
            {
                return;
            }

            total += curvature;
            for (int k = 1; k < row.Length; k++)
            {
                double distance = row[k] - centers[k];
                centers[k] += distance * (curvature / total);
                double scaled = distance / _coordinates.Scale(k - 1);
                squares[k] += scaled * scaled * curvature * (1 - (curvature / total));
            }
        });
        if (!(total > 0))
        {
            return;
        }

        for (int k = 1; k < _rowLength; k++)
        {
            double penalty = PenaltyCurvature(k) * Classes * rows;
            double scale = _coordinates.Scale(k - 1) * Math.Sqrt((squares[k] + penalty) / Math.Max(total, LeastCurvature * rows));

            // Where the rows that curve have one value of a feature, but for rounding, they tell no scale.
            squares[k] = scale > RoundingUnits * _unit * Math.Abs(centers[k]) ? scale : 0;
        }

        _coordinates.ToWeights(point, point);
        _coordinates.ToWeights(other, other);
        _coordinates.Recentre(centers, squares, Workspace);
        _isRecentred = true;
        _coordinates.ToPoint(point);
        _coordinates.ToPoint(other);
        FindCurvatures();
    }

    /// <summary>Turns weights of raw features into a point, in place.</summary>
    public void ToPoint(Span<double> weights) => _coordinates.ToPoint(weights);

    /// <summary>Turns a point into weights of raw features that give the same scores.</summary>
    public void ToRawWeights(ReadOnlySpan<double> point, Span<double> weights) => _coordinates.ToWeights(point, weights);

    /// <summary>
    /// Turns a point into the weights of raw features, centred: adding one vector to all rows of <c>W</c> changes no probability, so the mean over
    /// the classes is taken off every column that the penalty leaves free. Those are the biases, and without a penalty every column.
    /// </summary>
    /// <returns>The weights <c>W</c>, <c>C x (m+1)</c>, row-major: a vector of the workspace.</returns>
    public double[] ToWeights(ReadOnlySpan<double> point)
    {
        double[] weights = Workspace.Rent(point.Length);
        _coordinates.ToWeights(point, weights);

        int freeColumns = IsUnpenalised ? _rowLength : 1;
        for (int column = 0; column < freeColumns; column++)
        {
            CentreColumn(weights, column);
        }

        return weights;
    }

    /// <summary>Takes the mean over the classes off every column of a point, which changes no probability.</summary>
    public void Centre(Span<double> point)
    {
        for (int column = 0; column < _rowLength; column++)
        {
            CentreColumn(point, column);
        }
    }

    // The sum of p (1 - p), where 1 less the largest is the sum of the others: its digits count where the row is far away.
    private static double Curvature(ReadOnlySpan<double> p)
    {
        int largest = Ranking<double>.IndexOfLargest(p);
        double others = 0;
        double sum = 0;
        for (int j = 0; j < p.Length; j++)
        {
            others += j == largest ? 0 : p[j];
            sum += j == largest ? 0 : p[j] * (1 - p[j]);
        }

        return sum + (p[largest] * others);
    }

    private void FindCurvatures()
    {
        for (int i = 0; i < _curvatures.Length; i++)
        {
            _curvatures[i] = PenaltyCurvature(i % _rowLength);
        }
    }

    private void EvaluateHessian(ReadOnlySpan<double> point, Span<double> packed)
    {
        Evaluations++;
        _coordinates.ToWeights(point, _weights);
        _loss.Hessian(_weights, packed, _maxThreads);
    }

    private double ValueAndGradient(IRowSample? sample, ReadOnlySpan<double> point, Span<double> gradient)
    {
        _coordinates.ToWeights(point, _weights);
        if (FiniteScan.FirstNonFinite<double>(_weights) >= 0)
        {
            // A line search that goes too far learns so, like of every other step that is too long, from a value that is not a number.
            gradient.Fill(double.NaN);
            return double.NaN;
        }

        double loss = sample is null ? _loss.LossAndGradient(_weights, gradient, _maxThreads) : sample.LossAndGradient(_weights, gradient, _maxThreads);
        _coordinates.ToGradient(gradient);
        return loss + AddPenalty(point, gradient);
    }

    // Adds the gradient of the L2 penalty and returns the penalty itself.
    private double AddPenalty(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double penalty = Penalty(point);
        VectorAlgebra.AddScaled(1, _penaltyGradient, gradient);
        return penalty;
    }

    private void CentreColumn(Span<double> weights, int column)
    {
        double sum = 0;
        for (int i = column; i < weights.Length; i += _rowLength)
        {
            sum += weights[i];
        }

        double mean = sum * _rowLength / weights.Length;
        for (int i = column; i < weights.Length; i += _rowLength)
        {
            weights[i] -= mean;
        }
    }
}
