using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The members of a model that names its classes without an enum: labels go in and come out by their names.</summary>
internal sealed class NamedLabelsEmitter(SourceWriter writer, KernelPlan plan)
{
    private const string ToNumbers = Names.Support + ".DeclaredLabels.FromNames(labels, Shape, \"labels\")";

    private string Values => Names.ReadOnlySpan(plan.Scalar);

    private static string Labels => Names.ReadOnlySpan("string");

    public void Emit()
    {
        EmitPredictName();
        EmitCreateTrainingSet();
        EmitTrain();
        EmitEvaluate();
    }

    private void EmitPredictName() => writer.Write($$"""
        /// <summary>Finds the most probable class of one row and says its name. Ties go to the class that comes first.</summary>
        /// <param name="features">The {{plan.Features}} features of the row{{ShapeText.FeatureNames(plan.Model)}}.</param>
        /// <returns>The name of the class with the largest score: one of <c>Shape.ClassNames</c>, which is not copied.</returns>
        /// <exception cref="global::System.ArgumentException">The length is not {{plan.Features}}, a feature is not finite, or a score overflows.</exception>
        {{Names.GeneratedCode}}
        public string PredictName({{Values}} features) => Shape.ClassNames[__SoftmaxPredict(features)];

        """);

    private void EmitCreateTrainingSet() => writer.Write($$"""
        /// <summary>Validates rows and the names of their classes and packs them for training.</summary>
        /// <param name="rows">The rows, <c>n x {{plan.Features}}</c>, row-major; copied.</param>
        /// <param name="labels">The name of each row's class, as <c>Shape.ClassNames</c> has it; copied.</param>
        /// <param name="rowWeights">The weight of each row, finite and not negative; copied. Empty: every row weighs 1.</param>
        /// <returns>The training set, to be disposed of by the caller.</returns>
        /// <exception cref="global::System.ArgumentException">The lengths do not fit, there is no row, a name is that of no class, or a number is not valid.</exception>
        {{Names.GeneratedCode}}
        public static {{Names.TrainingSet(plan)}} CreateTrainingSet({{Values}} rows, {{Labels}} labels, {{Values}} rowWeights = default) =>
            new {{Names.TrainingSet(plan)}}(rows, {{ToNumbers}}, rowWeights);

        """);

    private void EmitTrain() => writer.Write($$"""
        /// <summary>Trains a model on rows and the names of their classes.</summary>
        /// <param name="rows">The rows, <c>n x {{plan.Features}}</c>, row-major.</param>
        /// <param name="labels">The name of each row's class, as <c>Shape.ClassNames</c> has it.</param>
        /// <param name="options">How to train; the defaults of <see cref="global::SoftmaxGen.TrainingOptions"/> when null.</param>
        /// <param name="progress">Told of every iteration.</param>
        /// <param name="cancellationToken">Stops the training early; the best model so far is returned with <see cref="global::SoftmaxGen.StopReason.Canceled"/>.</param>
        /// <returns>The model and how the training ended.</returns>
        /// <exception cref="global::System.ArgumentException">
        /// The lengths do not fit, there is no row, a name is that of no class, a class has no row, or a number is not finite.
        /// </exception>
        {{Names.GeneratedCode}}
        public static {{Names.TrainingResult(plan)}} Train(
            {{Values}} rows,
            {{Labels}} labels,
        {{TrainingEmitter.Parameters}}) =>
            {{TrainingEmitter.Train(plan, ToNumbers)}};

        """);

    private void EmitEvaluate() => writer.Write($$"""
        /// <summary>Measures how the model does on rows whose classes are known by name: best on rows that it was not trained on.</summary>
        /// <param name="rows">The rows, <c>n x {{plan.Features}}</c>, row-major; at least one.</param>
        /// <param name="labels">The name of each row's class, as <c>Shape.ClassNames</c> has it.</param>
        {{EvaluationEmitter.RowWeightsDocumentation}}
        /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
        /// <exception cref="global::System.ArgumentException">
        /// The lengths do not fit, there is no row, a name is that of no class, a number is not valid, or the scores of a row overflow.
        /// </exception>
        {{Names.GeneratedCode}}
        public {{Names.Evaluation}} Evaluate({{Values}} rows, {{Labels}} labels, {{Values}} rowWeights = default) =>
            {{EvaluationEmitter.Call("rows", ToNumbers)}};

        """);
}
