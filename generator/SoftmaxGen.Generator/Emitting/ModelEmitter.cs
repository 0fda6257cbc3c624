using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The first generated file: the members the user sees. Thin: arguments are checked here, once, and the kernels do the work.</summary>
internal sealed class ModelEmitter
{
    private const string GeneratedCode = Names.GeneratedCode;

    private readonly SourceWriter _writer = new();
    private readonly KernelPlan _plan;
    private readonly string _self;
    private readonly string _scalar;

    private ModelEmitter(KernelPlan plan)
    {
        _plan = plan;
        _self = plan.Model.Type.SelfReference;
        _scalar = plan.Scalar;
    }

    private string Values => Names.ReadOnlySpan(_scalar);

    private string Targets => Names.Span(_scalar);

    private string Interface => $"global::SoftmaxGen.ISoftmaxModel<{_self}, {_scalar}>";

    private string TrainingSet => $"global::SoftmaxGen.TrainingSet<{_self}, {_scalar}>";

    private const string Guard = Names.Support + ".Guard";

    public static string Emit(KernelPlan plan)
    {
        var emitter = new ModelEmitter(plan);
        emitter.EmitFile();
        return emitter._writer.ToString();
    }

    private void EmitFile()
    {
        TypeShell.Open(_writer, _plan, "Softmax regression: P(Y=k|x) = exp(S_k) / sum_j exp(S_j), S = W x, x = [1, x1..xm].", $" : {Interface}");
        EmitConstants();
        EmitWeights();
        new PredictionEmitter(_writer, _plan, LabelText.Of(_plan.Model)).Emit();
        EmitTraining();
        PersistenceEmitter.Emit(_writer, _plan);
        TypeShell.Close(_writer, _plan);
    }

    private void EmitConstants()
    {
        EmitConstant("Classes", _plan.Classes, "The number of classes, C.");
        EmitConstant("Features", _plan.Features, "The number of features of a row, m, the bias not counted.");
        EmitConstant("ParameterCount", _plan.ParameterCount, "The number of weights, C * (m + 1).");
        EmitConstant("StackBytes", _plan.StackBytes, "The most stack, in bytes, that one call reserves for its scratch.");
        _writer.Write($$"""
            /// <inheritdoc/>
            {{GeneratedCode}}
            public static global::SoftmaxGen.ModelShape Shape { get; } = new global::SoftmaxGen.ModelShape
            {
                Classes = {{_plan.Classes}},
                Features = {{_plan.Features}},
                FirstLabel = {{_plan.Model.FirstLabel}},
                ClassNames = {{NameList(_plan.Model.ClassNames)}},
                FeatureNames = {{NameList(_plan.Model.FeatureNames)}},
                Fingerprint = "{{Fingerprint.Of(_plan.Model)}}",
                AcceptedFingerprints = {{NameList(_plan.Model.AcceptedFingerprints)}},
                Precision = global::SoftmaxGen.SoftmaxPrecision.{{_plan.Model.Precision}},
                StackBytes = {{_plan.StackBytes}},
                HasHessian = {{(_plan.Hessian is null ? "false" : "true")}},
                KernelDescription = "{{PlanText.Description(_plan)}}",
            };

            """);
    }

    private static string NameList(EquatableArray<string> names) => names.Count == 0
        ? "global::System.Array.Empty<string>()"
        : $"new string[] {{ {string.Join(", ", names.Select(static name => SymbolDisplay.FormatLiteral(name, quote: true)))} }}";

    private void EmitConstant(string name, int value, string summary) => _writer.Write($"""
        /// <summary>{summary}</summary>
        {GeneratedCode}
        public const int {name} = {value};

        """);

    private void EmitWeights()
    {
        _writer.Write($$"""
            private readonly {{_scalar}}[] __softmaxWeights;

            // {{PredictionText.Columns(_plan)}}
            private readonly {{_scalar}}[] __softmaxColumns;

            // Where they begin: on a boundary of cache lines.
            private readonly int __softmaxStart;

            private {{_plan.Model.Type.Name}}({{_scalar}}[] weights, {{_scalar}}[] columns)
            {
                __softmaxWeights = weights;
                __softmaxColumns = columns;
                __softmaxStart = {{Names.Support}}.PredictionWeights.Start(columns);
            }

            /// <inheritdoc/>
            {{GeneratedCode}}
            public {{Values}} Weights => __softmaxWeights;

            /// <inheritdoc/>
            {{GeneratedCode}}
            public static {{_self}} FromWeights({{Values}} weights)
            {
                {{Guard}}.Length(weights.Length, {{_plan.ParameterCount}}, "weights");
                {{Guard}}.Finite(weights, "weights");
                return new {{_self}}(weights.ToArray(), {{PredictionText.MakeColumns(_plan)}});
            }

            """);
    }

    private void EmitTraining()
    {
        string labels = Names.ReadOnlySpan("int");
        _writer.Write($$"""
            /// <inheritdoc/>
            {{GeneratedCode}}
            public static double LossAndGradient({{Values}} weights, {{Values}} rows, {{labels}} labels, {{Targets}} gradient)
            {
                {{Guard}}.Length(weights.Length, {{_plan.ParameterCount}}, "weights");
                {{Guard}}.Finite(weights, "weights");
                {{Guard}}.Length(labels.Length, {{Guard}}.AtLeastOneRow(rows.Length, {{_plan.Features}}, "rows"), "labels");
                {{Guard}}.Labels(labels, {{_plan.Model.FirstLabel}}, {{_plan.Classes}}, "labels");
                {{Guard}}.Length(gradient.Length, {{_plan.ParameterCount}}, "gradient");
                double loss = {{DriverEmitter.ClassName}}.LossAndGradient(weights, rows, labels, gradient);
                if (!double.IsFinite(loss))
                {
                    {{Guard}}.FiniteRows(rows, {{_plan.Features}}, "rows");
                }

                return loss;
            }

            /// <inheritdoc/>
            {{GeneratedCode}}
            public static {{TrainingSet}} CreateTrainingSet({{Values}} rows, {{labels}} labels, {{Values}} rowWeights = default) =>
                new {{TrainingSet}}(rows, labels, rowWeights);

            /// <inheritdoc/>
            {{GeneratedCode}}
            public static global::SoftmaxGen.TrainingResult<{{_self}}> Train(
                {{Values}} rows,
                {{labels}} labels,
                global::SoftmaxGen.TrainingOptions? options = null,
                global::System.IProgress<global::SoftmaxGen.TrainingProgress>? progress = null,
                global::System.Threading.CancellationToken cancellationToken = default)
            {
                using {{TrainingSet}} set = CreateTrainingSet(rows, labels);
                return global::SoftmaxGen.SoftmaxTrainer.Train(set, options, progress, cancellationToken);
            }

            static double {{Interface}}.AccumulateLossAndGradient({{Names.ReadOnlySpan("double")}} weights, {{Names.Support}}.PackedRows<{{_scalar}}> rows, {{Names.Span("double")}} gradientSum) =>
                {{DriverEmitter.ClassName}}.Accumulate(weights, rows, gradientSum);

            static void {{Interface}}.AccumulateHessianProduct({{Names.ReadOnlySpan("double")}} weights, {{Names.ReadOnlySpan("double")}} direction, {{Names.Support}}.PackedRows<{{_scalar}}> rows, {{Names.Span("double")}} productSum) =>
                {{DriverEmitter.ClassName}}.AccumulateHessianProduct(weights, direction, rows, productSum);

            static void {{Interface}}.AccumulateHessian({{Names.ReadOnlySpan("double")}} weights, {{Names.Support}}.PackedRows<{{_scalar}}> rows, {{Names.Span("double")}} hessianSum) =>
                {{(_plan.Hessian is null ? "throw new global::System.NotSupportedException()" : $"{DriverEmitter.ClassName}.AccumulateHessian(weights, rows, hessianSum)")}};
            """);
    }
}
