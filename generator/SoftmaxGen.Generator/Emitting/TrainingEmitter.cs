using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The members that train, and what the trainer asks of a model.</summary>
internal sealed class TrainingEmitter(SourceWriter writer, KernelPlan plan, LabelText labels)
{
    /// <summary>The parameters of every method that trains, after its rows and labels.</summary>
    public const string Parameters = """
            global::SoftmaxGen.TrainingOptions? options = null,
            global::System.IProgress<global::SoftmaxGen.TrainingProgress>? progress = null,
            global::System.Threading.CancellationToken cancellationToken = default
        """;

    private readonly string _scalar = plan.Scalar;
    private readonly string _interface = Names.Interface(plan);
    private readonly string _trainingSet = Names.TrainingSet(plan);

    private string Values => Names.ReadOnlySpan(_scalar);

    private string Targets => Names.Span(_scalar);

    private string Labels => Names.ReadOnlySpan(labels.Type);

    private static string Numbers => Names.ReadOnlySpan("int");

    /// <summary>Writes the call that trains on arrays.</summary>
    /// <returns>An expression; rows, options, progress and cancellation token have the names of parameters.</returns>
    public static string Train(KernelPlan plan, string labels) =>
        $"{Names.Support}.RowTraining.Train<{plan.Model.Type.SelfReference}, {plan.Scalar}>(rows, {labels}, options, progress, cancellationToken)";

    public void Emit()
    {
        EmitLossAndGradient();
        EmitTrain();
        if (plan.Model.Label is not null)
        {
            EmitNumberedMembers();
        }

        EmitAccumulators();
    }

    private void EmitLossAndGradient()
    {
        string parameters = $"{Values} weights, {Values} rows, {Labels} labels, {Targets} gradient";
        writer.Write($$"""
            {{labels.Documentation("LossAndGradient")}}
            {{Names.GeneratedCode}}
            public static double LossAndGradient({{parameters}}){{(labels.AreKernelLabels ? "" : " =>")}}
            """);
        if (!labels.AreKernelLabels)
        {
            writer.Write($$"""
                    __SoftmaxLossAndGradient(weights, rows, {{labels.ToKernelLabels(labels.ToNumbers("labels", "labels"), "labels")}}, gradient);

                private static double __SoftmaxLossAndGradient({{Values}} weights, {{Values}} rows, {{Numbers}} labels, {{Targets}} gradient)
                """);
        }

        writer.Write($$"""
            {
                double loss = {{KernelShell.DriverOf(plan)}}.LossAndGradient(weights, rows, labels, gradient);
                if (!double.IsFinite(loss)) { {{Names.Support}}.Guard.FiniteRows(rows, Shape, "rows"); }
                return loss;
            }

            """);
    }

    private void EmitTrain() => writer.Write($$"""
        {{labels.Documentation("CreateTrainingSet")}}
        {{Names.GeneratedCode}}
        public static {{_trainingSet}} CreateTrainingSet({{Values}} rows, {{Labels}} labels, {{Values}} rowWeights = default) =>
            new {{_trainingSet}}(rows, {{labels.ToNumbers("labels", "labels")}}, rowWeights);

        {{labels.Documentation("Train")}}
        {{Names.GeneratedCode}}
        public static {{Names.TrainingResult(plan)}} Train(
            {{Values}} rows,
            {{Labels}} labels,
        {{Parameters}}) =>
            {{Train(plan, labels.ToNumbers("labels", "labels"))}};

        """);

    private void EmitNumberedMembers() => writer.Write($$"""
        // Code that is generic over models knows labels as numbers.
        static double {{_interface}}.LossAndGradient({{Values}} weights, {{Values}} rows, {{Numbers}} labels, {{Targets}} gradient) =>
            __SoftmaxLossAndGradient(weights, rows, {{labels.ToKernelLabels("labels", "labels")}}, gradient);

        static {{_trainingSet}} {{_interface}}.CreateTrainingSet({{Values}} rows, {{Numbers}} labels, {{Values}} rowWeights) =>
            new {{_trainingSet}}(rows, labels, rowWeights);

        static {{Names.TrainingResult(plan)}} {{_interface}}.Train(
            {{Values}} rows,
            {{Numbers}} labels,
            global::SoftmaxGen.TrainingOptions? options,
            global::System.IProgress<global::SoftmaxGen.TrainingProgress>? progress,
            global::System.Threading.CancellationToken cancellationToken) =>
            {{Train(plan, "labels")}};

        """);

    private void EmitAccumulators()
    {
        string weights = Names.ReadOnlySpan("double");
        string sum = Names.Span("double");
        string packed = $"{Names.Support}.PackedRows<{_scalar}>";
        string driver = KernelShell.DriverOf(plan);
        writer.Write($$"""
            static double {{_interface}}.AccumulateLossAndGradient({{weights}} weights, {{packed}} rows, {{sum}} gradientSum) =>
                {{driver}}.Accumulate(weights, rows, gradientSum);

            static void {{_interface}}.AccumulateHessianProduct({{weights}} weights, {{weights}} direction, {{packed}} rows, {{sum}} productSum) =>
                {{driver}}.AccumulateProduct(weights, direction, rows, productSum);

            static void {{_interface}}.AccumulateHessian({{weights}} weights, {{packed}} rows, {{sum}} hessianSum) =>
                {{(plan.Hessian is null ? "throw new global::System.NotSupportedException()" : $"{driver}.AccumulateHessian(weights, rows, hessianSum)")}};
            """);
    }
}
