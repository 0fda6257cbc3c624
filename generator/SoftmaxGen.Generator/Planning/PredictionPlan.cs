namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Prediction of one row: lanes are classes. The weights are kept transposed, column by column, padded to whole vectors.
/// </summary>
/// <param name="PaddedClasses">Classes, padded.</param>
/// <param name="WidestBits">The widest vector that the padded classes fill.</param>
internal sealed record PredictionPlan(int PaddedClasses, int WidestBits)
{
    public static PredictionPlan Choose(int classes, int scalarBytes)
    {
        int lanes512 = KernelPlan.BlockBytes / scalarBytes;
        int lanes = 128 / 8 / scalarBytes;
        while (lanes < classes && lanes < lanes512)
        {
            lanes += lanes;
        }

        return new PredictionPlan((classes + lanes - 1) / lanes * lanes, lanes * scalarBytes * 8);
    }
}
