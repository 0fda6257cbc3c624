using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>Statistical inference about trained models. Thread-safe.</summary>
public static class InferenceExtensions
{
    /// <summary>
    /// Beyond this change of a score by one step of Newton's method the Hessian, and with it the standard errors, belong to another point than the optimum.
    /// Where the optimum lies at infinity such steps never get smaller: each adds about 1 to the scores of the rows that separate.
    /// </summary>
    private const double LargestNewtonStep = 0.1;

    /// <summary>Computes standard errors, z, p-values and confidence intervals of a fit, in baseline form: each class against the first.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="result">The fit.</param>
    /// <param name="set">The training set that it was fitted to. The weights of its rows count as numbers of rows.</param>
    /// <param name="form">Where the standard errors come from; for a penalised fit it must be <see cref="CovarianceForm.Sandwich"/>.</param>
    /// <returns>The coefficients and their covariance, for raw features whether the fit standardised them or not.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">The fit was not made on this training set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="form"/> is not defined.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no standard errors, and the message says why: the training did not converge, or not closely enough; the classes are separable, so that there
    /// is no optimum; a feature is constant or determined by others; the training used class weights, label smoothing or an L1 penalty; the fit is
    /// penalised and <paramref name="form"/> is <see cref="CovarianceForm.Information"/>; or it is <see cref="CovarianceForm.Sandwich"/> and the training
    /// set has more than rows, labels and weights of rows.
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
        IMeanLoss loss = set;
        double l2 = result.L2;
        RefuseUnlessMeaningful(result.StopReason, result.Options, l2, form);

        var baseline = new BaselineForm(loss.Shape);
        double[] weights = Precision.Widen(result.Model.Weights);
        double[] penalties = Penalties(loss, l2, result.Options.Standardize);
        double[] gradient = Gradient(loss, weights, result.Loss, nameof(set));
        double[] lossGradient = baseline.Gradient(gradient);
        AddPenaltyGradient(gradient, weights, penalties);

        double[] inverse = baseline.Hessian(set, weights);
        baseline.AddPenalty(inverse, penalties);
        Invert(inverse, baseline, loss);
        double[] newtonStep = Multiply(inverse, baseline.Gradient(gradient));
        RefuseDistantOptimum(RowGradients.LargestScore(set, newtonStep));

        double[] covariance = form == CovarianceForm.Information
            ? inverse
            : Sandwich(inverse, Scatter(set, loss, weights, lossGradient), baseline.Size);
        VectorAlgebra.Scale(1 / loss.TotalWeight, covariance, covariance);
        return new StatisticalInference(baseline, loss.Shape, baseline.Estimates(weights), covariance)
        {
            Form = form,
            RowCount = loss.TotalWeight,
            LogLikelihood = -loss.TotalWeight * result.Loss,
            IsPenalized = l2 > 0,
        };
    }

    private static void RefuseUnlessMeaningful(StopReason stopReason, TrainingOptions options, double l2, CovarianceForm form)
    {
        if (!Enum.IsDefined(form))
        {
            throw new ArgumentOutOfRangeException(
                nameof(form), form, string.Create(CultureInfo.InvariantCulture, $"{form} is not a defined form of the covariance."));
        }

        if (stopReason == StopReason.Separable)
        {
            Refuse("the classes are separable, so that the likelihood has no maximum. Train with L2 above 0, and ask for the sandwich form.");
        }

        if (stopReason != StopReason.Converged)
        {
            Refuse($"the training did not converge; it ended with {stopReason}.");
        }

        RefuseAlteredLikelihood(options);
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
        if (options.L1 > 0)
        {
            Refuse("with an L1 penalty the objective has no second derivatives where weights are 0.");
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

    private static void RefuseDistantOptimum(double scoreChange)
    {
        if (!(scoreChange <= LargestNewtonStep))
        {
            Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"the weights are too far from an optimum: one more step of Newton's method would change a score by {scoreChange:G3}. Train with a smaller " +
                $"Tolerance; if that does not help, some classes can be separated and the likelihood has no maximum."));
        }
    }

    /// <summary>The strength of the penalty on each column of the raw weights; standardised features are penalised by their deviations.</summary>
    private static double[] Penalties(IMeanLoss loss, double l2, bool standardize) =>
        [0, .. loss.Moments.Deviations.Select(deviation => standardize ? l2 * deviation * deviation : l2)];

    /// <summary>Computes the gradient of the mean loss, and compares the loss with that of the training.</summary>
    private static double[] Gradient(IMeanLoss loss, double[] weights, double trained, string parameterName)
    {
        double[] gradient = new double[weights.Length];
        double actual = loss.LossAndGradient(weights, gradient);
        double noise = loss.Shape.Precision == SoftmaxPrecision.Single ? 1e-4 : 1e-9;
        if (!(Math.Abs(actual - trained) <= noise * Math.Max(1, trained)))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The mean loss on this set is {actual:R}, and that of the training was {trained:R}: the model was trained on other rows."),
                parameterName);
        }

        return gradient;
    }

    private static void AddPenaltyGradient(double[] gradient, double[] weights, double[] penalties)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] += penalties[i % penalties.Length] * weights[i];
        }
    }

    private static void Invert(double[] hessian, BaselineForm baseline, IMeanLoss loss)
    {
        // What remains of a diagonal element after the subtraction of as many numbers of its size, computed in the kernels' precision.
        double unit = loss.Shape.Precision == SoftmaxPrecision.Single ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;
        int dependent = SymmetricInverse.Invert(hessian, baseline.Size, 64 * baseline.Size * unit);
        if (dependent >= 0)
        {
            (int classIndex, int column) = baseline.Name(dependent);
            Refuse(
                $"the Hessian is singular at {StatisticalInference.ColumnName(loss.Shape, column)} of class {loss.Shape.ClassName(classIndex)}. The feature " +
                "is constant or determined by those before it, or some classes can be separated and the likelihood has no maximum.");
        }
    }

    private static double[] Scatter<TModel, T>(TrainingSet<TModel, T> set, IMeanLoss loss, double[] weights, double[] lossGradient)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] scatter = RowGradients.MeanOuterProduct(set, weights, lossGradient, loss.TotalWeight, out double bias);
        if (!(bias <= (loss.Shape.Precision == SoftmaxPrecision.Single ? 1e-4 : 1e-8)))
        {
            Refuse("the gradients of single rows do not add up to that of the training set: the sandwich form knows rows, labels and weights of rows alone.");
        }

        return scatter;
    }

    private static double[] Multiply(double[] matrix, double[] vector) =>
        [.. vector.Select((_, i) => VectorAlgebra.Dot(matrix.AsSpan(i * vector.Length, vector.Length), vector))];

    /// <summary>Computes <c>A^-1 M A^-1</c> from two symmetric matrices.</summary>
    private static double[] Sandwich(double[] inverse, double[] middle, int size) =>
        MultiplySymmetric(MultiplySymmetric(inverse, middle, size), inverse, size);

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
}
