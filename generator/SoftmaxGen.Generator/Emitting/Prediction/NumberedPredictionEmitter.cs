using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The members that predict for code that is generic over models, which knows labels as numbers, where the model's own labels are an enum.</summary>
internal sealed class NumberedPredictionEmitter(SourceWriter writer, KernelPlan plan, LabelSpec label)
{
    private string Values => Names.ReadOnlySpan(plan.Scalar);

    private string Interface => Names.Predictor(plan);

    public void Emit()
    {
        writer.Write($$"""
            int {{Interface}}.Predict({{Values}} features) => unchecked((int)Predict(features));

            """);
        if (label.IsInt)
        {
            EmitCast();
        }
        else
        {
            EmitConversion();
        }
    }

    private void EmitCast() => writer.Write($$"""
        void {{Interface}}.PredictBatch({{Values}} rows, {{Names.Span("int")}} labels) =>
            PredictBatch(rows, {{Names.Marshal}}.Cast<int, {{label.Type}}>(labels));

        """);

    private void EmitConversion() => writer.Write($$"""
        void {{Interface}}.PredictBatch({{Values}} rows, {{Names.Span("int")}} labels)
        {
            {{label.Type}}[] rented = global::System.Buffers.ArrayPool<{{label.Type}}>.Shared.Rent(labels.Length);
            try
            {
                PredictBatch(rows, global::System.MemoryExtensions.AsSpan(rented, 0, labels.Length));
                for (int row = 0; row < labels.Length; row++)
                {
                    labels[row] = unchecked((int)rented[row]);
                }
            }
            finally
            {
                global::System.Buffers.ArrayPool<{{label.Type}}>.Shared.Return(rented);
            }
        }

        """);
}
