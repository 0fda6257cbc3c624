using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Rows;

/// <summary>The members that predict from rows as they are: a row's features are read to the stack, those of many rows tile by tile to rented memory.</summary>
internal sealed class RowPredictionMembersEmitter(SourceWriter writer, KernelPlan plan, RowPlan rows, LabelText labels)
{
    private readonly EncodingEmitter _encoding = new(writer, plan, rows);
    private const string Guard = Names.Support + ".Guard";

    private static readonly string _labelResult = Result("The label of the class with the largest score.");

    private readonly string _scalar = plan.Scalar;
    private readonly RowSpec _row = rows.Row;

    private string Targets => Names.Span(_scalar);

    private string Rows => Names.ReadOnlySpan(_row.Type);

    private int TileRows => plan.Prediction.ReadTileRows;

    // Why rows may be refused.
    private string[] Refusals =>
    [
        .. _row.CanBeNull ? new[] { "a row is null" } : [],
        .. rows.MayRefuse ? new[] { "a member has no column for its value" } : [],
        .. plan.Model.MissingValues == MissingValues.Throw ? new[] { "a feature is not finite", "a score overflows" } : [],
    ];

    public void Emit()
    {
        EmitLabels();
        EmitSpans();
        EmitPredictBatch();
        EmitPredictProbabilitiesBatch();
        if (rows.PredictsTerms)
        {
            new TermPredictionEmitter(writer, plan, rows).Emit();
        }
    }

    private string Ranking => $"{Names.Support}.Ranking<{_scalar}>";

    private string Classes => ShapeText.Classes(plan.Model);

    private string Scores => $"{Targets} scores = stackalloc {_scalar}[{plan.Classes}];\n__SoftmaxCompare(in features, scores);";

    private void EmitLabels()
    {
        EmitMember(
            $"{labels.Type} Predict(in {_row.Type} features)",
            $"return {labels.FromIndex("__SoftmaxPredict(row)")};",
            $"return {labels.FromIndex(TermPredictionEmitter.Predict("0", "features"))};",
            $"Finds the most probable class of one row: {Classes}. {labels.Ties}",
            _labelResult);
        EmitMember(
            $"{labels.Type} Predict(in {_row.Type} features, out {_scalar} probability)",
            $"return {labels.FromIndex("__SoftmaxPredict(row, out probability)")};",
            $"return {labels.FromIndex("__SoftmaxPredict(in features, out probability, 0, \"features\")")};",
            $"Finds the most probable class of one row, and its probability. {labels.Ties}",
            Parameter("probability", "The probability of the class."),
            _labelResult);
        EmitMember(
            $"bool TryPredict(in {_row.Type} features, {_scalar} minProbability, out {labels.Type} label)",
            "return TryPredict(row, minProbability, out label);",
            $"""
            {Guard}.Probability(minProbability, "minProbability");
            int best = __SoftmaxPredict(in features, out {_scalar} probability, 0, "features");
            label = {labels.FromIndex("best")};
            return probability >= minProbability;
            """,
            "Finds the most probable class of one row, unless it is not probable enough.",
            Parameter("minProbability", "The probability, from 0 to 1, that the class must have at least."),
            Parameter("label", "The most probable class, probable enough or not."),
            Result("Whether its probability is at least <paramref name=\"minProbability\"/>."));
        EmitMember(
            $"{labels.Type} PredictWithMargin(in {_row.Type} features, out {_scalar} margin)",
            "return PredictWithMargin(row, out margin);",
            $"""
            {Scores}
            int best = {Ranking}.BestTwo(scores, out int _, out margin);
            return {labels.FromIndex("best")};
            """,
            $"Finds the most probable class of one row, and how far its score is above the next. {labels.Ties}",
            Parameter("margin", "The largest score less the second largest, not negative."),
            _labelResult);
    }

    private void EmitSpans()
    {
        EmitMember(
            $"void PredictScores(in {_row.Type} features, {Targets} scores)",
            "PredictScores(row, scores);",
            $"{Guard}.Length(scores.Length, {plan.Classes}, \"scores\");\n__SoftmaxScores(in features, scores, 0, \"features\");",
            "Computes the scores <c>S = W x</c> of one row.",
            Parameter("scores", $"Receives the {plan.Classes} scores, in the order of the classes: {Classes}."));
        EmitMember(
            $"void PredictProbabilities(in {_row.Type} features, {Targets} probabilities)",
            "PredictProbabilities(row, probabilities);",
            $"""
            {Guard}.Length(probabilities.Length, {plan.Classes}, "probabilities");
            {TermPredictionEmitter.Probabilities("probabilities", "0", "features")};
            """,
            "Computes the probabilities <c>P(Y=k|x) = exp(S_k) / sum_j exp(S_j)</c> of one row.",
            Parameter("probabilities", $"Receives the {plan.Classes} probabilities, in the order of the classes: {Classes}."));
        EmitMember(
            $"void PredictTop(in {_row.Type} features, {Names.Span($"({labels.Type} Label, {_scalar} Probability)")} top)",
            "PredictTop(row, top);",
            $"{Guard}.AtMost(top.Length, {plan.Classes}, \"top\");\n{Scores}\n{PredictionDecisionsEmitter.FillTop(plan, labels)}",
            $"Finds the most probable classes of one row, the most probable first. {labels.Ties}",
            Parameter("top", $"Receives as many classes as it has room for, at most {plan.Classes}, each with its probability."));
        EmitMember(
            $"global::SoftmaxGen.Explanation<{labels.Type}, {_scalar}> Explain(in {_row.Type} features, {Targets} contributions)",
            "return Explain(row, contributions);",
            $"""
            {Guard}.Length(contributions.Length, {plan.Features}, "contributions");
            {Targets} values = stackalloc {_scalar}[{plan.Features}];
            __SoftmaxRead(in features, values{_encoding.RowArguments("0", "features")});
            {Scores}
            {PredictionDecisionsEmitter.ReturnExplanation(plan, labels, "values")}
            """,
            "Explains the prediction of one row: what each feature contributes to the lead of the predicted class over the runner-up.",
            Parameter("contributions", $"Receives the contribution of each of the {plan.Features} features, in the order of <c>CopyFeatures</c>."),
            Result("The two classes, the part of the bias, and the sum of all parts."));
    }

    // Each is the member of the same name that takes a span, which checks what there is to check; or it adds up the terms of the row. The argument is of the
    // very type of its parameter, so that an overload of the user's never fits better.
    private void EmitMember(string signature, string denseCall, string termCall, string summary, params string[] documentation)
    {
        writer.Write($"""
            /// <summary>{summary}</summary>
            /// <param name="features">The row, whose members are the features.</param>
            {string.Join("\n", documentation)}
            {Exception("An argument is not valid")}
            {Names.GeneratedCode}
            {Names.Optimize}
            """);
        writer.Open($"public {signature}");
        RowReadingMembersEmitter.WriteNullCheck(writer, _row, "features");
        if (rows.PredictsTerms)
        {
            writer.Write(termCall);
        }
        else
        {
            writer.Write($"""
                {Targets} values = stackalloc {_scalar}[{plan.Features}];
                __SoftmaxRead(in features, values{_encoding.RowArguments("0", "features")});
                {Names.ReadOnlySpan(_scalar)} row = values;
                {denseCall}
                """);
        }

        writer.Close();
        writer.BlankLine();
    }

    private static string Parameter(string name, string meaning) => $"/// <param name=\"{name}\">{meaning}</param>";

    private static string Result(string meaning) => $"/// <returns>{meaning}</returns>";

    private void EmitPredictBatch()
    {
        writer.Open($$"""
            /// <summary>Finds the most probable class of each row.</summary>
            /// <param name="rows">The rows.</param>
            /// <param name="labels">Receives the label of each row.</param>
            {{Exception("The lengths differ")}}
            {{Names.GeneratedCode}}
            public void PredictBatch({{Rows}} rows, {{Names.Span(labels.Type)}} labels)
            """);
        writer.Write($"{Guard}.Length(labels.Length, rows.Length, \"labels\");");
        if (rows.PredictsTerms)
        {
            EmitRows($"labels[row] = {labels.FromIndex(TermPredictionEmitter.Predict("row", "rows", "rows[row]"))};");
        }
        else
        {
            EmitTiles("__SoftmaxPredictBatch(features, labels.Slice(first, count), first);");
        }

        writer.Close();
        writer.BlankLine();
    }

    private void EmitPredictProbabilitiesBatch()
    {
        writer.Open($$"""
            /// <summary>Computes the probabilities of each row.</summary>
            /// <param name="rows">The rows.</param>
            /// <param name="probabilities">Receives the probabilities, <c>n x {{plan.Classes}}</c>, row-major, in the order of the classes: {{Classes}}.</param>
            {{Exception($"There are not {plan.Classes} probabilities for each row")}}
            {{Names.GeneratedCode}}
            public void PredictProbabilitiesBatch({{Rows}} rows, {{Targets}} probabilities)
            """);
        writer.Write($"{Guard}.Length(probabilities.Length, {plan.Classes}L * rows.Length, \"probabilities\");");
        if (rows.PredictsTerms)
        {
            EmitRows(TermPredictionEmitter.Probabilities($"probabilities.Slice(row * {plan.Classes}, {plan.Classes})", "row", "rows", "rows[row]") + ";");
        }
        else
        {
            EmitTiles($"__SoftmaxProbabilitiesBatch(features, probabilities.Slice(first * {plan.Classes}, count * {plan.Classes}), first);");
        }

        writer.Close();
        writer.BlankLine();
    }

    private void EmitRows(string predict)
    {
        writer.Open("for (int row = 0; row < rows.Length; row++)");
        if (_row.CanBeNull)
        {
            writer.Write($"{Guard}.RowNotNull(rows[row], row, \"rows\");");
        }

        writer.Write(predict);
        writer.Close();
    }

    private void EmitTiles(string predict)
    {
        writer.Write($"{_scalar}[] rented = global::System.Buffers.ArrayPool<{_scalar}>.Shared.Rent({TileRows * plan.Features});");
        writer.Open("try");
        writer.Open($"for (int first = 0; first < rows.Length; first += {TileRows})");
        writer.Write($"""
            int count = global::System.Math.Min({TileRows}, rows.Length - first);
            {Targets} features = global::System.MemoryExtensions.AsSpan(rented, 0, count * {plan.Features});
            __SoftmaxReadRows(rows.Slice(first, count), features, first);
            """);
        writer.Write(predict);
        writer.Close();
        writer.Close();
        writer.Block("finally", $"global::System.Buffers.ArrayPool<{_scalar}>.Shared.Return(rented);");
    }

    private string Exception(string reason = "")
    {
        string[] reasons = [.. reason.Length > 0 ? new[] { reason } : [], .. Refusals];
        if (reasons.Length == 0)
        {
            return "/// <remarks>No row is refused.</remarks>";
        }

        string all = string.Join(", ", reasons.Take(reasons.Length - 1)) + (reasons.Length > 1 ? ", or " : "") + reasons[reasons.Length - 1];
        return $"/// <exception cref=\"global::System.ArgumentException\">{char.ToUpperInvariant(all[0])}{all.Substring(1)}.</exception>";
    }
}
