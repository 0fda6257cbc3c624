using System.Numerics;

namespace SoftmaxGen.JitProbe;

/// <summary>Calls every entry point of a generated model.</summary>
internal static class EntryPoints
{
    // Whole tiles of row-major rows, then whole groups of blocks, then rows that share a group with padding.
    public const int RowCount = 1100;

    public static void CallAll<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        T[] rows = Numbers<T>(RowCount * shape.Features);
        int[] labels = [.. Enumerable.Range(0, RowCount).Select(row => row % shape.Classes)];
        T[] weights = Numbers<T>(shape.ParameterCount);
        TModel.LossAndGradient(weights, rows, labels, new T[shape.ParameterCount]);
        CallTrainingSet<TModel, T>(rows, labels, []);
        CallTrainingSet<TModel, T>(rows, labels, Numbers<T>(RowCount));
        CallPrediction(TModel.FromWeights(weights), rows);
    }

    private static void CallTrainingSet<TModel, T>(T[] rows, int[] labels, T[] rowWeights)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(rows, labels, rowWeights);
        int parameters = TModel.Shape.ParameterCount;
        double[] weights = Numbers<double>(parameters);
        set.LossAndGradient(weights, new double[parameters]);
        set.HessianProduct(weights, weights, new double[parameters]);
        if (TModel.Shape.HasHessian)
        {
            set.Hessian(weights, new double[parameters * parameters]);

            // Contrasts beyond the range of the exponential.
            set.Hessian([.. weights.Select(static weight => weight * 1e4)], new double[parameters * parameters]);
        }
    }

    public static void CallPrediction<TModel, T>(ISoftmaxModel<TModel, T> model, T[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        T[] row = rows[..shape.Features];
        model.Predict(row);
        model.PredictScores(row, new T[shape.Classes]);
        model.PredictProbabilities(row, new T[shape.Classes]);
        model.PredictBatch(rows, new int[RowCount]);
        model.PredictProbabilitiesBatch(rows, new T[RowCount * shape.Classes]);

        // Scores that are too large for a kernel that does not shift them.
        model.PredictProbabilitiesBatch([.. rows.Select(static feature => feature * T.CreateChecked(1000))], new T[RowCount * shape.Classes]);
    }

    // Sixteenths from 0 to 1: none is special to the code under watch.
    private static T[] Numbers<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, count).Select(static i => T.CreateChecked(((i * 7) % 17) / 16.0))];
}
