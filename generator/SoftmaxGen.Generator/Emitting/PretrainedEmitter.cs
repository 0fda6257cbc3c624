using System.Globalization;
using System.Runtime.InteropServices;
using SoftmaxGen.Generator.Emitting.Prediction;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The file of a model with baked weights: the weights as constants, and the one instance made of them.</summary>
internal static class PretrainedEmitter
{
    private const string Holder = "__SoftmaxPretrained";

    /// <summary>Few enough for a line, many enough that a large model is no column.</summary>
    private const int NumbersPerLine = 8;

    /// <summary>What a model card has room for.</summary>
    private const int MostNames = 20;

    // Seventeen and nine digits read back as the same number whoever wrote them; "R" of .NET Framework does not always.
    private static readonly bool _isFramework = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    public static string Emit(KernelPlan plan, BakedWeights weights, IReadOnlyList<LiveProducts> lives)
    {
        var writer = new SourceWriter();
        TypeShell.Open(writer, plan, "Pretrained: the model whose weights are baked in.");
        EmitProperty(writer, plan, weights, lives);
        EmitHolder(writer, plan, weights, lives.Count > 0);
        if (lives.Count > 0)
        {
            new ZeroSkippingEmitter(writer, plan).EmitImplementations();
        }

        TypeShell.Close(writer, plan);
        if (lives.Count > 0)
        {
            new ZeroSkippingEmitter(writer, plan).EmitKernels(lives);
        }

        return writer.ToString();
    }

    /// <summary>Prints the file of a model whose weights file is missing and may be.</summary>
    public static string EmitMissing(KernelPlan plan)
    {
        var writer = new SourceWriter();
        TypeShell.Open(writer, plan, "Pretrained: no model yet, because the weights file is missing.");
        writer.Write($"""
            /// <summary>
            /// Gets null: <c>{CommentText.Xml(plan.Model.Weights!)}</c> was missing when the program was compiled. Save a model there and compile again.
            /// </summary>
            {Names.GeneratedCode}
            public static {PropertyType(plan)} Pretrained => null;
            """);
        TypeShell.Close(writer, plan);
        return writer.ToString();
    }

    // One program compiles with the file and without.
    private static string PropertyType(KernelPlan plan) => plan.Model.Type.SelfReference + (plan.Model.WeightsAreOptional ? "?" : "");

    private static void EmitProperty(SourceWriter writer, KernelPlan plan, BakedWeights weights, IReadOnlyList<LiveProducts> lives)
    {
        writer.Write($"""
            /// <summary>
            /// Gets the model of <c>{CommentText.Xml(plan.Model.Weights!)}</c>. Its weights are constants of this assembly: no file is read and nothing is parsed. The one
            /// instance is made at its first use; it is immutable and thread-safe.
            /// </summary>
            /// <remarks>
            /// <para>{weights.Classes} classes x {weights.Features} features, {plan.Scalar}, fingerprint {Fingerprint.Of(plan.Model)}.</para>
            /// <para>Classes: {NameSentence(weights.ClassNames, LabelSentence(plan.Model))}.</para>
            /// <para>Features: {NameSentence(weights.FeatureNames, $"x1 to x{plan.Features}")}.</para>
            /// <para>Zeros: {ZeroSentence(weights, lives)}.</para>
            /// <para>Training: {(weights.Training.Count == 0 ? "the file does not say" : CommentText.Xml(string.Join("; ", weights.Training)))}.</para>
            /// </remarks>
            {Names.GeneratedCode}
            public static {PropertyType(plan)} Pretrained => {Holder}.Model;

            """);
    }

    // A class of its own: the weights cost nothing until the property is used.
    private static void EmitHolder(SourceWriter writer, KernelPlan plan, BakedWeights weights, bool skipsZeros)
    {
        writer.Open($"""
            {Names.GeneratedCode}
            private static class {Holder}
            """);
        writer.Write($"""
            internal static readonly {plan.Model.Type.SelfReference} Model = Make();

            // {weights.Classes} x {weights.Features + 1}, row-major, the bias first in each row: bytes of the image, which are not copied.
            private static {Specs(plan)} Weights => new {plan.Scalar}[]
            """);
        writer.Write("{");
        for (int j = 0; j < weights.Classes; j++)
        {
            EmitRow(writer, plan.Model, weights, j);
        }

        writer.Write("};");
        writer.BlankLine();
        EmitMoments(writer, weights);
        EmitMake(writer, plan, weights, skipsZeros);
        writer.Close();
    }

    private static void EmitMoments(SourceWriter writer, BakedWeights weights)
    {
        if (weights.HasMoments)
        {
            writer.Write("// Where the features of the training rows lie, and how far they spread.");
            EmitMoment(writer, "Means", weights.MeanBits);
            EmitMoment(writer, "Deviations", weights.DeviationBits);
        }
    }

    private static void EmitMoment(SourceWriter writer, string name, EquatableArray<long> bits)
    {
        writer.Write($"private static {Emitting.Names.ReadOnlySpan("double")} {name} => new double[]");
        writer.Write("{");
        EmitNumbers(writer, bits, 0, bits.Count, Precision.Double);
        writer.Write("};");
        writer.BlankLine();
    }

    private static void EmitMake(SourceWriter writer, KernelPlan plan, BakedWeights weights, bool skipsZeros)
    {
        string moments = weights.HasMoments ? $"new {Emitting.Names.FeatureMoments}(Means, Deviations)" : "null";
        writer.Open($"private static {plan.Model.Type.SelfReference} Make()");
        writer.Write($"""
            {plan.Model.Type.SelfReference} model = FromWeights(Weights, {moments});

            // At once, so that no prediction allocates, not even the first.
            model.{PredictionText.MakeColumns}();
            """);
        if (skipsZeros)
        {
            writer.Write($"model.{ZeroSkippingEmitter.Field} = true;");
        }

        writer.Write("return model;");
        writer.Close();
    }

    // Biases are no factors of features, and never skipped.
    private static string ZeroSentence(BakedWeights weights, IReadOnlyList<LiveProducts> lives)
    {
        int zeros = Enumerable.Range(0, weights.Classes).Sum(j => Enumerable.Range(1, weights.Features).Count(k => weights.IsZero(j, k)));
        string count = $"{zeros} of {weights.Classes * weights.Features} weights of features";
        return lives.Count == 0
            ? $"{count}, which predictions multiply like the others"
            : $"{count}; the prediction of one row computes {string.Join(", ", lives.Select(static live => $"{live.Count} of {live.All} products at {live.Bits} bit"))}";
    }

    private static string Specs(KernelPlan plan) => Emitting.Names.ReadOnlySpan(plan.Scalar);

    private static void EmitRow(SourceWriter writer, ModelSpec model, BakedWeights weights, int j)
    {
        int columns = weights.Features + 1;
        writer.Write($"    // {(weights.ClassNames.Count == 0 ? Label(model, j) : CommentText.OneLine(weights.ClassNames[j]))}");
        EmitNumbers(writer, weights.WeightBits, j * columns, columns, weights.Precision);
    }

    private static void EmitNumbers(SourceWriter writer, EquatableArray<long> bits, int first, int count, Precision precision)
    {
        for (int k = 0; k < count; k += NumbersPerLine)
        {
            IEnumerable<string> numbers = Enumerable.Range(first + k, Math.Min(NumbersPerLine, count - k))
                .Select(index => Literal(BitConverter.Int64BitsToDouble(bits[index]), precision));
            writer.Write($"    {string.Join(", ", numbers)},");
        }
    }

    // -0 as an integer would lose its sign.
    private static string Literal(double weight, Precision precision)
    {
        if (weight == 0)
        {
            return (BitConverter.DoubleToInt64Bits(weight) == 0 ? "0.0" : "-0.0") + (precision == Precision.Single ? "f" : "");
        }

        return precision == Precision.Single
            ? ((float)weight).ToString(_isFramework ? "G9" : "R", CultureInfo.InvariantCulture) + "f"
            : weight.ToString(_isFramework ? "G17" : "R", CultureInfo.InvariantCulture);
    }

    private static string LabelSentence(ModelSpec model) => model.Labels.Count == 0
        ? $"the labels {model.FirstLabel} to {model.FirstLabel + model.Classes - 1}"
        : NameSentence(model.Labels.Select(static label => label.ToString(CultureInfo.InvariantCulture)).ToEquatableArray(), "");

    private static string Label(ModelSpec model, int j) =>
        (model.Labels.Count == 0 ? model.FirstLabel + j : model.Labels[j]).ToString(CultureInfo.InvariantCulture);

    private static string NameSentence(EquatableArray<string> names, string without) => names.Count == 0 ? without : CommentText.List(names, MostNames);
}
