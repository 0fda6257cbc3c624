namespace SoftmaxGen.Compiler;

/// <summary>
/// A model of a shape that was compiled at run time. Rows are given as features, in the order of <see cref="ModelShape.FeatureNames"/>, or, where the shape was
/// made of a <see cref="ShapeDefinition"/>, as values. Immutable and thread-safe. Models with weights in single precision take and give <see cref="double"/>,
/// too, and convert.
/// </summary>
public interface ICompiledModel
{
    /// <summary>Gets the constants of the shape: its numbers, the names of its classes and features, its labels.</summary>
    ModelShape Shape { get; }

    /// <summary>Gets where the features of the training rows lie and how far they spread; null where they are not known.</summary>
    FeatureMoments? FeatureMoments { get; }

    /// <summary>Copies the weights.</summary>
    /// <returns>The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</returns>
    double[] CopyWeights();

    /// <summary>Finds the most probable class of a row. Ties go to the class that comes first.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or a score overflows.</exception>
    int Predict(ReadOnlySpan<double> features);

    /// <summary>Finds the most probable class of a row and says its name. Ties go to the class that comes first.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <returns>The name of the class; its label where classes have no names.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or a score overflows.</exception>
    string PredictName(ReadOnlySpan<double> features) => Shape.ClassName(Shape.IndexOf(Predict(features)));

    /// <summary>Computes the probabilities of a row.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="probabilities">Receives the <c>C</c> probabilities, in the order of the classes.</param>
    /// <exception cref="ArgumentException">A length is wrong, a feature is not finite, or a score overflows.</exception>
    void PredictProbabilities(ReadOnlySpan<double> features, Span<double> probabilities);

    /// <summary>Computes the probabilities of a row of values, to the bit as the compiled model does for its row type.</summary>
    /// <param name="row">The row, a value for each of <see cref="ShapeDefinition.Features"/>.</param>
    /// <param name="probabilities">Receives the <c>C</c> probabilities, in the order of the classes.</param>
    /// <returns>The index of the most probable class.</returns>
    /// <exception cref="ArgumentException">A length is wrong, a value has no column, a number is not finite, or a score overflows.</exception>
    /// <exception cref="NotSupportedException">The shape was compiled from source.</exception>
    int PredictProbabilities(RowValues row, Span<double> probabilities);

    /// <summary>Finds the most probable class of each row.</summary>
    /// <param name="rows">The rows as features, <c>n x m</c>, row-major.</param>
    /// <param name="labels">Receives the <c>n</c> labels.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a feature is not finite, or a score overflows.</exception>
    void PredictBatch(ReadOnlySpan<double> rows, Span<int> labels);

    /// <summary>Computes the probabilities of each row.</summary>
    /// <param name="rows">The rows as features, <c>n x m</c>, row-major.</param>
    /// <param name="probabilities">Receives the probabilities, <c>n x C</c>, row-major, each row in the order of the classes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a feature is not finite, or a score overflows.</exception>
    void PredictProbabilitiesBatch(ReadOnlySpan<double> rows, Span<double> probabilities);

    /// <summary>
    /// Explains why the most probable class of a row is ahead of the runner-up, against the mean of the training rows:
    /// <see cref="ReferenceExplanations"/> says how.
    /// </summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="contributions">Receives what each of the <c>m</c> features contributes; positive for the most probable class.</param>
    /// <returns>The two classes, and by how much the one is ahead.</returns>
    /// <exception cref="ArgumentException">A length is not <c>m</c>, a feature is not finite, or a score overflows.</exception>
    /// <exception cref="InvalidOperationException">The model does not know the means of its training rows.</exception>
    CompiledExplanation Explain(ReadOnlySpan<double> features, Span<double> contributions);

    /// <summary>Measures how the model does on rows whose labels are known.</summary>
    /// <param name="trainingSet">The rows, from a training set of the same trainer.</param>
    /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
    /// <exception cref="ArgumentException">The set is another trainer's, or the scores of a row overflow.</exception>
    Evaluation Evaluate(ICompiledTrainingSet trainingSet);

    /// <summary>Saves the model to a stream, at its position; the stream is left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The form of the file.</param>
    void Save(Stream stream, ModelFormat format = ModelFormat.Json);

    /// <summary>Saves the model to a file, atomically, as <see cref="ModelFile"/> does.</summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="format">The form of the file.</param>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    void Save(string path, ModelFormat format = ModelFormat.Json);

    /// <summary>Does something with the model that needs its type: exports it, calibrates it, or whatever else the library offers to generic code.</summary>
    /// <typeparam name="TResult">The type of what comes of it.</typeparam>
    /// <param name="action">What to do.</param>
    /// <returns>What comes of it.</returns>
    TResult Accept<TResult>(IModelAction<TResult> action);
}
