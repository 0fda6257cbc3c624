using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The private members that predict a row by its terms. Features are read only where a score is not finite, to say why.</summary>
internal sealed class TermPredictionEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows)
{
    private const string Guard = Names.Support + ".Guard";

    private const string Softmax = "global::SoftmaxGen.Numerics.TwoClassSoftmax";

    private readonly string _scalar = plan.Scalar;
    private readonly string _parameter = $"in {rows.Row.Type} row";

    private string Targets => Names.Span(_scalar);

    private string Encode => $"""
        {Targets} values = stackalloc {_scalar}[{rows.Terms}];
        {Names.Span("int")} columns = stackalloc int[{rows.Terms}];
        __SoftmaxEncode(in row, values, columns{(rows.MayRefuse ? ", number, parameterName" : "")});
        """;

    private string ReadFeatures => $"""
        {Targets} features = stackalloc {_scalar}[{plan.Features}];
        __SoftmaxRead(in row, features{(rows.MayRefuse ? ", number, parameterName" : "")});
        """;

    /// <summary>A call that finds the index of the class of a row.</summary>
    public static string Predict(string number, string parameterName, string row = "features") => $"__SoftmaxPredict(in {row}, {number}, \"{parameterName}\")";

    /// <summary>A call that computes the probabilities of a row.</summary>
    public static string Probabilities(string target, string number, string parameterName, string row = "features") =>
        $"__SoftmaxProbabilities(in {row}, {target}, {number}, \"{parameterName}\")";

    private static string First(string span) => $"{Names.Marshal}.GetReference({span})";

    public void Emit()
    {
        if (plan.Prediction.Difference is not null)
        {
            EmitTwoClasses();
        }
        else
        {
            EmitMoreClasses();
        }
    }

    private void EmitTwoClasses()
    {
        writer.Open($"""
            // The score of class 1 less that of class 0: by the terms of the row, and by its features where the result is beyond the range.
            {Names.Optimize}
            private {_scalar} __SoftmaxDifference({_parameter}, int number, string parameterName)
            """);
        writer.Write($"""
            {Encode}
            {_scalar} t = {KernelShell.DriverOf(plan)}.TermDifference(ref {First("values")}, {PredictionText.FirstColumn}, ref {First("columns")});
            return {_scalar}.IsFinite(t) ? t : __SoftmaxDifferenceOfFeatures(in row, number, parameterName);
            """);
        writer.Close();
        writer.BlankLine();
        writer.Write($$"""
            private {{_scalar}} __SoftmaxDifferenceOfFeatures({{_parameter}}, int number, string parameterName)
            {
                {{ReadFeatures.Replace("\n", "\n    ")}}
                {{_scalar}} t = {{KernelShell.DriverOf(plan)}}.Difference(ref {{Names.Marshal}}.GetReference(features), {{PredictionText.FirstColumn}});
                if (!{{_scalar}}.IsFinite(t)) { {{Guard}}.ThrowScores<{{_scalar}}>(features, __softmaxWeights, Shape, parameterName, number); }
                return t;
            }

            {{Names.Optimize}}
            private int __SoftmaxPredict({{_parameter}}, int number, string parameterName) => __SoftmaxDifference(in row, number, parameterName) > 0 ? 1 : 0;

            {{Names.Optimize}}
            private int __SoftmaxPredict({{_parameter}}, out {{_scalar}} probability, int number, string parameterName)
            {
                {{_scalar}} t = __SoftmaxDifference(in row, number, parameterName);
                probability = {{Softmax}}.Likelier(t);
                return t > 0 ? 1 : 0;
            }

            {{Names.Optimize}}
            private void __SoftmaxProbabilities({{_parameter}}, {{Targets}} probabilities, int number, string parameterName) =>
                {{KernelShell.DriverOf(plan)}}.StoreProbabilities(__SoftmaxDifference(in row, number, parameterName), ref {{First("probabilities")}});

            private void __SoftmaxCompare({{_parameter}}, {{Targets}} scores)
            {
                scores[0] = 0;
                scores[1] = __SoftmaxDifference(in row, 0, "features");
            }

            // The order of the scores is that of the label, whatever they are rounded to.
            private void __SoftmaxScores({{_parameter}}, {{Targets}} scores, int number, string parameterName)
            {
                {{ReadFeatures.Replace("\n", "\n    ")}}
                {{_scalar}} t = __SoftmaxDifference(in row, number, parameterName);
                bool isFinite = {{Names.Support}}.TwoClassScores.Compute<{{_scalar}}>(__softmaxWeights, features, t, scores);
                if (!isFinite) { {{Guard}}.ThrowScores<{{_scalar}}>(features, __softmaxWeights, Shape, parameterName, number); }
            }

            """);
    }

    private void EmitMoreClasses()
    {
        EmitKernel("int __SoftmaxPredict", "", "Best", "", "int best", "best < 0");
        EmitKernel("int __SoftmaxPredict", $", out {_scalar} probability", "Best", ", out probability", "int best", "best < 0");
        EmitKernel("void __SoftmaxScores", $", {Targets} scores", "Scores", $", ref {First("scores")}", "bool isFinite", "!isFinite");
        EmitKernel(
            "void __SoftmaxProbabilities",
            $", {Targets} probabilities",
            "Probabilities",
            $", ref {First("probabilities")}",
            "bool isFinite",
            "!isFinite");
        writer.Write($$"""
            private void __SoftmaxCompare({{_parameter}}, {{Targets}} scores) => __SoftmaxScores(in row, scores, 0, "features");

            private void __SoftmaxThrow({{_parameter}}, int number, string parameterName)
            {
                {{ReadFeatures.Replace("\n", "\n    ")}}
                {{Guard}}.ThrowScores<{{_scalar}}>(features, __softmaxWeights, Shape, parameterName, number);
            }

            """);
    }

    private void EmitKernel(string name, string targetParameter, string kernel, string target, string answer, string failure)
    {
        string arguments = $"ref {First("values")}, {PredictionText.FirstColumn}, ref {First("columns")}";
        writer.Open($"""
            {Names.Optimize}
            private {name}({_parameter}{targetParameter}, int number, string parameterName)
            """);
        writer.Write($$"""
            {{Encode}}
            {{answer}} = {{KernelShell.DriverOf(plan)}}.{{RowKernel.Terms}}{{kernel}}({{arguments}}{{target}});
            if ({{failure}}) { __SoftmaxThrow(in row, number, parameterName); }
            """);
        if (name.StartsWith("int", StringComparison.Ordinal))
        {
            writer.Write("return best;");
        }

        writer.Close();
        writer.BlankLine();
    }
}
