using SoftmaxGen.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Specs.Encodings;

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

    private const string Guard = Names.Support + ".Guard";
    private const string Moments = Names.FeatureMoments + "?";

    public static string Emit(KernelPlan plan)
    {
        var emitter = new ModelEmitter(plan);
        emitter.EmitFile();
        return emitter._writer.ToString();
    }

    private void EmitFile()
    {
        const string Title = "Softmax regression: P(Y=k|x) = exp(S_k) / sum_j exp(S_j), S = W x, x = [1, x1..xm].";
        TypeShell.Open(_writer, _plan, Title, $" : {Names.Interface(_plan, _plan.Model.Label?.Type)}", withPlan: true);
        EmitConstants();
        EmitWeights();
        var labels = new LabelText(_plan.Model);
        labels.EmitTable(_writer);
        new PredictionEmitter(_writer, _plan, labels).Emit();
        if (_plan.Model.Label is { } label)
        {
            new NumberedPredictionEmitter(_writer, _plan, label).Emit();
            EvaluationEmitter.Emit(_writer, _plan, labels);
        }
        else if (_plan.Model.ClassNames.Count > 0)
        {
            new NamedLabelsEmitter(_writer, _plan).Emit();
        }

        new TrainingEmitter(_writer, _plan, labels).Emit();
        PersistenceEmitter.Emit(_writer, _plan);
        TypeShell.Close(_writer, _plan);
    }

    private void EmitConstants()
    {
        EmitConstant("Classes", _plan.Classes, $"The number of classes, C: {ShapeText.Classes(_plan.Model)}.");
        EmitConstant("Features", _plan.Features, $"The number of features of a row, m, the bias not counted{ShapeText.FeatureNames(_plan.Model)}.");
        EmitConstant("ParameterCount", _plan.ParameterCount, "The number of weights, C * (m + 1).");
        EmitConstant("StackBytes", _plan.StackBytes, "The most stack, in bytes, that one call reserves for its scratch.");
        _writer.Write($$"""
            /// <inheritdoc/>
            {{GeneratedCode}}
            public static global::SoftmaxGen.ModelShape Shape => __SoftmaxShape.Value;

            // A class of its own: static members of the other parts may ask for the shape before this part has its turn.
            {{GeneratedCode}}
            private static class __SoftmaxShape
            {
                internal static readonly global::SoftmaxGen.ModelShape Value = new global::SoftmaxGen.ModelShape
                {
                    Classes = {{_plan.Classes}},
                    Features = {{_plan.Features}},
                    FirstLabel = {{_plan.Model.FirstLabel}},{{Labels}}
                    ClassNames = {{NameList(_plan.Model.ClassNames)}},
                    FeatureNames = {{NameList(_plan.Model.FeatureNames)}},{{Groups}}
                    Fingerprint = "{{Fingerprint.Of(_plan.Model)}}",
                    AcceptedFingerprints = {{NameList(_plan.Model.AcceptedFingerprints)}},
                    Precision = global::SoftmaxGen.SoftmaxPrecision.{{_plan.Model.Precision}},
                    StackBytes = {{_plan.StackBytes}},
                    HasHessian = {{(_plan.Hessian is null ? "false" : "true")}},
                    KernelDescription = "{{PlanText.Description(_plan)}}",
                };
            }

            """);
    }

    private string Groups => _plan.Rows is not { } rows
        ? ""
        : $"\n        FeatureGroups = new global::SoftmaxGen.FeatureGroup[] {{ {string.Join(", ", rows.Places.Select(Group))} }},";

    private static string Group(FeaturePlace place) =>
        $"new({SymbolDisplay.FormatLiteral(place.Feature.Name, quote: true)}, {place.FirstColumn}, {place.Feature.Encoding.Columns})" +
        (place.Feature.Encoding is CrossEncoding cross ? $" {{ Factors = ({cross.First}, {cross.Second}) }}" : "");

    private int Slack => BlockLayout.SlackElements(_plan.Shape.ScalarBytes);

    private string Labels => _plan.Model.Labels.Count == 0 ? "" : $"\n        Labels = {LabelText.LabelList(_plan.Model.Labels)},";

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
            // The first prediction makes them: a model that predicts nothing goes without.
            private {{_scalar}}[]? __softmaxColumns;

            private {{_plan.Model.Type.Name}}({{_scalar}}[] weights, {{Moments}} featureMoments)
            {
                __softmaxWeights = weights;
                FeatureMoments = featureMoments;
            }

            private ref {{_scalar}} __SoftmaxFirstColumn
            {
                {{Names.Inline}}
                get
                {
                    // On a boundary of {{BlockLayout.VectorBytes}} bytes: the array is pinned, and has {{Slack}} numbers to spare.
                    ref {{_scalar}} last = ref {{Names.Unsafe}}.Add(ref {{Names.Marshal}}.GetArrayDataReference({{PredictionText.AllColumns}}), {{Slack}});
                    return ref {{Names.Unsafe}}.SubtractByteOffset(ref last, {{Names.Unsafe}}.ByteOffset(ref {{Names.Unsafe}}.NullRef<{{_scalar}}>(), ref last) & {{BlockLayout.VectorBytes - 1}});
                }
            }

            // Threads that come here together make a copy each, all alike. What an array holds is written before the reference to it.
            {{Names.NoInline}}
            private {{_scalar}}[] {{PredictionText.MakeColumns}}() => __softmaxColumns = {{PredictionText.NewColumns(_plan)}};

            /// <inheritdoc/>
            {{GeneratedCode}}
            public {{Values}} Weights => __softmaxWeights;

            /// <inheritdoc/>
            {{GeneratedCode}}
            public {{Moments}} FeatureMoments { get; }

            /// <inheritdoc/>
            {{GeneratedCode}}
            public static {{_self}} FromWeights({{Values}} weights) => FromWeights(weights, null);

            /// <inheritdoc/>
            {{GeneratedCode}}
            public static {{_self}} FromWeights({{Values}} weights, {{Moments}} featureMoments)
            {
                {{Guard}}.Length(weights.Length, {{_plan.ParameterCount}}, "weights");
                {{Guard}}.Finite(weights, "weights");
                {{Guard}}.Moments(featureMoments, {{_plan.Features}}, "featureMoments");
                return new {{_self}}(weights.ToArray(), featureMoments);
            }

            """);
    }
}
