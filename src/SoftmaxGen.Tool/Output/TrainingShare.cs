namespace SoftmaxGen.Tool.Output;

/// <summary>Tells how far a training has come: gradients fall by about the same factor with each iteration, so that their logarithms count.</summary>
/// <param name="activity">Is told.</param>
/// <param name="tolerance">The gradient at which the training ends.</param>
internal sealed class TrainingShare(Activity activity, double tolerance) : IProgress<TrainingProgress>
{
    private double _first = double.NaN;

    public void Report(TrainingProgress value)
    {
        _first = double.IsNaN(_first) ? value.GradientNorm : _first;
        double share = Math.Log(_first / value.GradientNorm) / Math.Log(_first / tolerance);
        if (!(share <= activity.Share))
        {
            activity.Share = Math.Clamp(share, 0, 1);
        }
    }
}
