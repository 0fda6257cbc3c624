using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The private members that predict a row by its terms. Features are read only where a score is not finite, to say why.</summary>
internal sealed class TermPredictionEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows)
{
    private const string Guard = Names.Support + ".Guard";
    private const string Terms = Names.Support + ".RowTerms";
    private const string Weights = $"__softmaxColumns ?? {PredictionText.MakeColumns}()";

    private readonly string _scalar = plan.Scalar;
    private readonly string _parameter = $"in {rows.Row.Type} row";
    private readonly EncodingEmitter _encoding = new(writer, plan, rows);

    private string Targets => Names.Span(_scalar);

    // What follows the weights in a call for more than two classes.
    private string Layout => $"{plan.Prediction.ColumnLanes}, {plan.Prediction.Chunk}";

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

    public void Emit()
    {
        if (plan.Prediction.Difference is { } difference)
        {
            EmitTwoClasses(difference);
        }
        else
        {
            EmitMoreClasses();
        }
    }

    private void EmitTwoClasses(DifferencePlan difference)
    {
        writer.Open($"""
            // The score of class 1 less that of class 0: by the terms of the row, and by its features where the result is beyond the range.
            private {_scalar} __SoftmaxDifference({_parameter}, int number, string parameterName)
            """);
        writer.Write($"""
            {Encode}
            {_scalar} t = {Terms}.Difference<{_scalar}>(values, columns, {Weights}, {plan.Features}, {difference.Lanes});
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

            private int __SoftmaxPredict({{_parameter}}, int number, string parameterName) => __SoftmaxDifference(in row, number, parameterName) > 0 ? 1 : 0;

            private int __SoftmaxPredict({{_parameter}}, out {{_scalar}} probability)
            {
                {{_scalar}} t = __SoftmaxDifference(in row, 0, "features");
                probability = global::SoftmaxGen.Numerics.TwoClassSoftmax.Likelier(t);
                return t > 0 ? 1 : 0;
            }

            private void __SoftmaxProbabilities({{_parameter}}, {{Targets}} probabilities, int number, string parameterName) =>
                global::SoftmaxGen.Numerics.TwoClassSoftmax.Store(__SoftmaxDifference(in row, number, parameterName), ref {{Names.Marshal}}.GetReference(probabilities));

            private void __SoftmaxCompare({{_parameter}}, {{Targets}} scores)
            {
                scores[0] = 0;
                scores[1] = __SoftmaxDifference(in row, 0, "features");
            }

            // The order of the scores is that of the label, whatever they are rounded to.
            private void __SoftmaxScores({{_parameter}}, {{Targets}} scores)
            {
                {{Targets}} features = stackalloc {{_scalar}}[{{plan.Features}}];
                __SoftmaxRead(in row, features{{_encoding.RowArguments("0", "features")}});
                bool isFinite = {{Names.Support}}.TwoClassScores.Compute<{{_scalar}}>(__softmaxWeights, features, __SoftmaxDifference(in row, 0, "features"), scores);
                if (!isFinite) { {{Guard}}.ThrowScores<{{_scalar}}>(features, __softmaxWeights, Shape, "features"); }
            }

            """);
    }

    private void EmitMoreClasses()
    {
        EmitKernel(
            "int __SoftmaxPredict",
            "int number, string parameterName",
            $"int best = {Terms}.Best<{_scalar}>(values, columns, {Weights}, {Layout}, {plan.Classes});",
            "best < 0",
            "return best;");
        EmitKernel(
            "int __SoftmaxPredict",
            $"{Targets} probabilities, int number, string parameterName",
            $"int best = {Terms}.Probabilities<{_scalar}>(values, columns, {Weights}, {Layout}, probabilities);",
            "best < 0",
            "return best;");
        writer.Write($$"""
            private int __SoftmaxPredict({{_parameter}}, out {{_scalar}} probability)
            {
                {{Targets}} probabilities = stackalloc {{_scalar}}[{{plan.Classes}}];
                int best = __SoftmaxPredict(in row, probabilities, 0, "features");
                probability = probabilities[best];
                return best;
            }

            private void __SoftmaxProbabilities({{_parameter}}, {{Targets}} probabilities, int number, string parameterName) =>
                __SoftmaxPredict(in row, probabilities, number, parameterName);

            private void __SoftmaxCompare({{_parameter}}, {{Targets}} scores) => __SoftmaxScores(in row, scores);

            """);
        EmitKernel(
            "void __SoftmaxScores",
            $"{Targets} scores",
            $"bool isFinite = {Terms}.Scores<{_scalar}>(values, columns, {Weights}, {Layout}, scores);",
            "!isFinite",
            "");
        writer.Write($$"""
            private void __SoftmaxThrow({{_parameter}}, int number, string parameterName)
            {
                {{ReadFeatures.Replace("\n", "\n    ")}}
                {{Guard}}.ThrowScores<{{_scalar}}>(features, __softmaxWeights, Shape, parameterName, number);
            }

            """);
    }

    private void EmitKernel(string name, string parameters, string call, string failure, string end)
    {
        bool isCounted = parameters.EndsWith("parameterName", StringComparison.Ordinal);
        string encode = isCounted ? Encode : Encode.Replace(", number, parameterName", ", 0, \"features\"");
        writer.Open($"private {name}({_parameter}, {parameters})");
        writer.Write($$"""
            {{encode}}
            {{call}}
            if ({{failure}}) { __SoftmaxThrow(in row, {{(isCounted ? "number, parameterName" : "0, \"features\"")}}); }
            """);
        if (end.Length > 0)
        {
            writer.Write(end);
        }

        writer.Close();
        writer.BlankLine();
    }
}
