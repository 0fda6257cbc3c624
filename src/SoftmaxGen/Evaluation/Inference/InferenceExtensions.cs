using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>Statistical inference about trained models. Thread-safe.</summary>
/// <example>
/// <code>
/// TrainingResult&lt;PetalModel&gt; result = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 0, Tolerance = 1e-10 });
/// StatisticalInference inference = result.Inference(set);
/// Console.WriteLine(inference);                    // estimates, standard errors, z, p and 95 % intervals
/// </code>
/// </example>
public static class InferenceExtensions
{
    /// <summary>
    /// Beyond this change of a score by one step of Newton's method the Hessian, and with it the standard errors, belong to another point than the optimum.
    /// Where the optimum lies at infinity such steps never get smaller: each adds about 1 to the scores of the rows that separate.
    /// </summary>
    private const double LargestNewtonStep = 0.1;

    /// <summary>A change of the scores that changes no digit of a standard error that anybody reads.</summary>
    private const double SmallestNewtonStep = 1e-9;

    /// <summary>
    /// The most steps of Newton's method. From 0.1 three or four are enough; where rounding keeps them from getting small, so that no digits can be promised,
    /// more would not help.
    /// </summary>
    private const int MostNewtonSteps = 10;

    /// <summary>The difference of two losses in rounding errors of a score: each loss changes by at most twice the error of a row's scores.</summary>
    private const double LossUnits = 4;

    /// <summary>How far from the optimum, in rounding errors of a score, a trainer may end that finds no further progress.</summary>
    private const double StepUnits = 16;

    /// <summary>Computes standard errors, z, p-values and confidence intervals of a fit, in baseline form: each class against the first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="result">The fit.</param>
    /// <param name="set">The training set that it was fitted to. The weights of its rows count as numbers of rows.</param>
    /// <param name="form">Where the standard errors come from; for a penalised fit it must be one of the sandwich forms.</param>
    /// <returns>The coefficients and their covariance, for raw features whether the fit standardised them or not.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">The fit was not made on this training set, whose loss differs by more than rounding explains.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="form"/> is not defined.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no standard errors, and the message says why: the training did not converge, or not closely enough; the classes are separable, so that there
    /// is no optimum; a feature is constant or determined by others; the training used class weights, label smoothing, an L1 or a group L1 penalty; the fit is
    /// penalised and <paramref name="form"/> is <see cref="CovarianceForm.Information"/>; it is <see cref="CovarianceForm.HC1"/> and there are no more rows
    /// than coefficients; or it is <see cref="CovarianceForm.HC2"/> or <see cref="CovarianceForm.HC3"/> and a row alone determines coefficients.
    /// </exception>
    /// <exception cref="NotSupportedException">There are more than some 46,000 coefficients.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public static StatisticalInference Inference<TModel, T>(
        this TrainingResult<TModel> result, TrainingSet<TModel, T> set, CovarianceForm form = CovarianceForm.Information)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(set);
        using Lifetime.Call call = set.Hold();
        try
        {
            return Infer(result, set, form);
        }
        catch (Exception failure)
        {
            set.Tell(failure);
            throw;
        }
    }

    private static StatisticalInference Infer<TModel, T>(TrainingResult<TModel> result, TrainingSet<TModel, T> set, CovarianceForm form)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IMeanLoss loss = set;
        double l2 = result.L2;
        RefuseUnlessMeaningful(result.StopReason, result.Options, l2, form);
        RefuseConstantFeature(loss, l2, result.Options.Standardize);
        if (ClassPresence.Missing(loss.ClassTotals).Length > 0)
        {
            Refuse("the training gave half a row to a class that has none, so that the loss is not a likelihood of the labels.");
        }

        RefuseTooManyCoefficients(loss.Shape);
        double[] weights = Precision.Widen(result.Model.Weights);
        var coordinates = Coordinates.Choose(loss.Moments, loss.Shape.Classes, l2, result.Options.Standardize);
        var objective = new ContrastObjective(loss, coordinates, l2);
        double[] point = objective.ToContrasts(weights);
        ContrastDerivatives derivatives = objective.Differentiate(point);
        double noise = ScoreNoise(loss, weights);
        RefuseOtherRows(derivatives.Loss, result.Loss, LossUnits * noise, loss.Shape.Precision, nameof(set));
        Optimum optimum = result.Options.BiasReduction
            ? AtFit(objective, point, derivatives, loss.Shape)
            : FindOptimum(objective, point, derivatives, StepUnits * noise, loss.Shape);

        double[] covariance = form == CovarianceForm.Information ? optimum.Inverse : Sandwich(objective, optimum, form);
        VectorAlgebra.Scale(1 / loss.TotalWeight, covariance, covariance);
        objective.ToRawFeatures(covariance);
        return new StatisticalInference(loss.Shape, Baseline(weights, objective.RowLength), covariance)
        {
            Form = form,
            RowCount = loss.TotalWeight,
            LogLikelihood = -loss.TotalWeight * optimum.Loss,
            IsPenalized = l2 > 0 || result.Options.BiasReduction,
            IsBiasReduced = result.Options.BiasReduction,
        };
    }

    private static void RefuseUnlessMeaningful(StopReason stopReason, TrainingOptions options, double l2, CovarianceForm form)
    {
        if (!Enum.IsDefined(form))
        {
            throw Refusal.OutOfRange(nameof(form), form, $"{form} is not a defined form of the covariance.");
        }

        if (stopReason == StopReason.Separable)
        {
            Refuse("the classes are separable, so that the likelihood has no maximum. Train with L2 above 0, and ask for the sandwich form.");
        }

        // Where rounding keeps the trainer from progress, the steps of Newton's method below tell whether it has arrived.
        if (stopReason is not (StopReason.Converged or StopReason.NoProgress))
        {
            Refuse($"the training did not converge; it ended with {stopReason}.");
        }

        RefuseAlteredLikelihood(options);
        if (options.BiasReduction && stopReason != StopReason.Converged)
        {
            Refuse($"the bias-reduced training did not converge; it ended with {stopReason}.");
        }

        if (options.BiasReduction && form != CovarianceForm.Information)
        {
            Refuse("the sandwich forms are not made for bias-reduced fits, whose penalty is not a sum over rows. Ask for the form of the information.");
        }

        if (l2 > 0 && form == CovarianceForm.Information)
        {
            Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"the fit is penalised (L2 = {l2:R}), and the inverse of the information is not its covariance. Train with L2 = 0, or ask for the " +
                $"sandwich form."));
        }
    }

    private static void RefuseAlteredLikelihood(TrainingOptions options)
    {
        if (options.L1 > 0 || options.GroupL1 > 0)
        {
            Refuse("with an L1 penalty, of weights or of groups, the objective has no second derivatives where weights are 0.");
        }

        if (options.ClassWeights is not null)
        {
            Refuse("the training weighted the classes, and the rows of the training set have other weights. Give the rows these weights instead.");
        }

        if (options.LabelSmoothing > 0)
        {
            Refuse("with label smoothing the loss is not a likelihood of the labels.");
        }
    }

    private static void RefuseTooManyCoefficients(ModelShape shape)
    {
        int size = shape.ParameterCount - (shape.Features + 1);
        if ((long)size * size > Array.MaxLength)
        {
            throw new NotSupportedException(
                string.Create(CultureInfo.InvariantCulture, $"The covariance of {size} coefficients is larger than an array can be."));
        }
    }

    // B_j = W_j - W_0 for the classes but the first. Adding one vector to all rows of W changes no probability, so that W has no covariance; B has one.
    private static double[] Baseline(double[] weights, int rowLength) =>
        [.. weights.Skip(rowLength).Select((weight, i) => weight - weights[i % rowLength])];

    // The trainer gives a constant feature the weight 0, whatever the data; only a penalty on raw weights does so by itself.
    private static void RefuseConstantFeature(IMeanLoss loss, double l2, bool standardize)
    {
        int constant = loss.Moments.Deviations.AsSpan().IndexOf(0.0);
        if (constant >= 0 && (standardize || l2 == 0))
        {
            Refuse($"the feature {loss.Shape.FeatureName(constant)} is constant, and the data tell nothing about its weight. Leave it out.");
        }
    }

    /// <summary>
    /// Bounds the rounding error of a score of a typical row: a bias of the size of <c>sum_k W_jk mean_k</c> is rounded to the precision of the model, and so
    /// are the terms that it is added to.
    /// </summary>
    private static double ScoreNoise(IMeanLoss loss, double[] weights)
    {
        double[] sizes = [1, .. loss.Moments.Means.Zip(loss.Moments.Deviations, double.Hypot)];
        double largest = 0;
        for (int row = 0; row < weights.Length; row += sizes.Length)
        {
            largest = Math.Max(largest, sizes.Select((size, k) => size * Math.Abs(weights[row + k])).Sum());
        }

        return largest * Unit(loss.Shape.Precision);
    }

    private static void RefuseOtherRows(double actual, double trained, double noise, SoftmaxPrecision precision, string parameterName)
    {
        double plainNoise = (precision == SoftmaxPrecision.Single ? 1e-4 : 1e-9) * Math.Max(1, trained);
        if (!(Math.Abs(actual - trained) <= plainNoise + noise))
        {
            throw Refusal.Argument(
                $"The mean loss on this set is {actual:R}, and that of the training was {trained:R}: the model was trained on other rows.", parameterName);
        }
    }

    /// <summary>
    /// Goes from the weights of the fit, which are rounded and within a tolerance, to the optimum by steps of Newton's method. The covariance there does not
    /// depend on where the training stopped.
    /// </summary>
    private static Optimum FindOptimum(
        ContrastObjective objective, double[] point, ContrastDerivatives derivatives, double noise, ModelShape shape)
    {
        for (int step = 1; ; step++)
        {
            double[] inverse = derivatives.Hessian;
            Invert(inverse, objective, shape);
            double[] newtonStep = Multiply(inverse, derivatives.Gradient);
            double change = objective.LargestScore(newtonStep);
            if (change <= SmallestNewtonStep)
            {
                return new Optimum(point, derivatives.Loss, derivatives.LossGradient, inverse);
            }

            if ((step == 1 && !(change <= LargestNewtonStep + noise)) || step == MostNewtonSteps || double.IsNaN(change))
            {
                RefuseDistantOptimum(change, noise);
            }

            VectorAlgebra.AddScaled(-1, newtonStep, point);
            derivatives = objective.Differentiate(point);
        }
    }

    // The optimum of a bias-reduced fit is another one than that of the likelihood; the standard errors are those of the information at the fit itself.
    private static Optimum AtFit(ContrastObjective objective, double[] point, ContrastDerivatives derivatives, ModelShape shape)
    {
        Invert(derivatives.Hessian, objective, shape);
        return new Optimum(point, derivatives.Loss, derivatives.LossGradient, derivatives.Hessian);
    }

    private static void RefuseDistantOptimum(double change, double noise)
    {
        string advice = noise < LargestNewtonStep
            ? "Train with a smaller Tolerance; if that does not help, some classes can be separated and the likelihood has no maximum."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Scores are rounded by up to {noise:G3} here, because features lie many deviations from 0: subtract their means before.");
        Refuse(string.Create(
            CultureInfo.InvariantCulture,
            $"the weights are too far from an optimum: one more step of Newton's method would change a score by {change:G3}. {advice}"));
    }

    private static void Invert(double[] hessian, ContrastObjective objective, ModelShape shape)
    {
        int dependent = TryInvert(hessian, objective.Size);
        if (dependent < 0)
        {
            return;
        }

        // Where all classes are alike the Hessian is that of the features: singular only when one of them is determined by others.
        (int classIndex, int column) = (1 + (dependent / objective.RowLength), dependent % objective.RowLength);
        int determined = TryInvert(objective.Differentiate(new double[objective.Size]).Hessian, objective.Size);
        Refuse(determined >= 0
            ? $"the Hessian is singular at {StatisticalInference.ColumnName(shape, determined % objective.RowLength)}. The feature is determined by those " +
              "before it; leave it out."
            : $"the Hessian is singular at {StatisticalInference.ColumnName(shape, column)} of class {shape.ClassName(classIndex)}. Some classes can be " +
              "separated, and the likelihood has no maximum.");
    }

    // What remains of a diagonal element after the subtraction of as many numbers of its size is rounding.
    private static int TryInvert(double[] hessian, int size) => SymmetricInverse.Invert(hessian, size, 64 * size * Unit(SoftmaxPrecision.Double));

    private static double Unit(SoftmaxPrecision precision) =>
        precision == SoftmaxPrecision.Single ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;

    private static double[] Multiply(double[] matrix, double[] vector) =>
        [.. vector.Select((_, i) => VectorAlgebra.Dot(matrix.AsSpan(i * vector.Length, vector.Length), vector))];

    /// <summary>Computes <c>A^-1 M A^-1</c>, times what the form corrects it by.</summary>
    private static double[] Sandwich(ContrastObjective objective, Optimum optimum, CovarianceForm form)
    {
        double spare = objective.TotalWeight - objective.Size;
        if (form == CovarianceForm.HC1 && !(spare > 0))
        {
            Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"{form} takes the number of coefficients, {objective.Size}, off that of the rows, which is only {objective.TotalWeight:R}."));
        }

        var scatter = new RobustScatter(objective, optimum.Inverse, form);
        double[] middle = scatter.MeanOuterProduct(optimum.Point, optimum.LossGradient);
        if (scatter.HasDeterminingRow)
        {
            Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"a row has the leverage {scatter.Leverage:G3}. {form} needs leverages below 1: where coefficients fit one row whatever its label is, the " +
                $"residual tells nothing. Leave the row out, or ask for {nameof(CovarianceForm.Sandwich)}; weights of rows must be numbers of rows."));
        }

        double[] sandwich = MultiplySymmetric(MultiplySymmetric(optimum.Inverse, middle, objective.Size), optimum.Inverse, objective.Size);
        VectorAlgebra.Scale(form == CovarianceForm.HC1 ? objective.TotalWeight / spare : 1, sandwich, sandwich);
        return sandwich;
    }

    /// <summary>Computes <c>X Y</c> with a symmetric <c>Y</c>, whose columns are its rows.</summary>
    private static double[] MultiplySymmetric(double[] x, double[] y, int size)
    {
        double[] product = new double[x.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                product[(i * size) + j] = VectorAlgebra.Dot(x.AsSpan(i * size, size), y.AsSpan(j * size, size));
            }
        }

        return product;
    }

    [DoesNotReturn]
    private static void Refuse(string reason) => throw new InvalidOperationException("There are no standard errors: " + reason);

    /// <summary>The optimum of the objective.</summary>
    private sealed record Optimum(double[] Point, double Loss, double[] LossGradient, double[] Inverse);
}
