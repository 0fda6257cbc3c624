using System.Globalization;
using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>The constants of a generated model, for code that is generic over models. Immutable.</summary>
/// <example>
/// Scores and probabilities stand in the order of the classes: that of the labels, or of the values of an enum.
/// <code>
/// double[] probabilities = new double[IrisModel.Shape.Classes];
/// model.PredictProbabilities(features, probabilities);
/// double ofVirginica = probabilities[IrisModel.Shape.IndexOf(2)];
/// </code>
/// </example>
public sealed record ModelShape
{
    // What is listed of labels in a message; a reader who needs more looks at the declaration.
    private const int MostLabelsInText = 10;

    private readonly IReadOnlyList<int> _labels = [];

    // The index of each of the labels; null where labels are counted.
    private readonly Dictionary<int, int>? _indices;

    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public required int Classes { get; init; }

    /// <summary>Gets the number of features of a row, <c>m</c>, the bias not counted.</summary>
    public required int Features { get; init; }

    /// <summary>Gets the label of the first class; labels run to <c>FirstLabel + Classes - 1</c> unless <see cref="Labels"/> says otherwise.</summary>
    public required int FirstLabel { get; init; }

    /// <summary>
    /// Gets the labels of the classes in their order, where they do not follow one another from <see cref="FirstLabel"/> on; otherwise empty.
    /// <see cref="Label"/> and <see cref="IndexOf"/> know the labels of any model.
    /// </summary>
    public IReadOnlyList<int> Labels
    {
        get => _labels;
        init
        {
            _labels = value;
            _indices = value.Select(static (label, index) => (label, index)).ToDictionary(static pair => pair.label, static pair => pair.index);
        }
    }

    /// <summary>Gets the names of the classes, that of the first label first; empty when the model gives its classes no names.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Gets the names of the features in the order of a row; empty when the model gives its features no names.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>
    /// Gets which columns each member of the row type makes, in the order of the columns; empty when the model has no row type. See
    /// <see cref="SumByGroup{T}"/>.
    /// </summary>
    public IReadOnlyList<FeatureGroup> FeatureGroups { get; init; } = [];

    /// <summary>
    /// Gets sixteen hexadecimal digits that stand for the shape, the precision, the labels, and the names of classes and features in
    /// their order: weights of one model mean the same to another exactly when the two agree.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the fingerprints of the predecessors whose files the model loads: <see cref="ModelSettingsAttribute.AcceptFingerprint"/>.</summary>
    public IReadOnlyList<string> AcceptedFingerprints { get; init; } = [];

    /// <summary>Gets the floating-point type of features and weights.</summary>
    public required SoftmaxPrecision Precision { get; init; }

    /// <summary>Gets the most stack, in bytes, that one call of a generated member reserves for its scratch.</summary>
    public required int StackBytes { get; init; }

    /// <summary>
    /// Gets a value indicating whether the exact Hessian is generated: where it has few enough elements to be worthwhile. Products with the
    /// Hessian are generated for every shape.
    /// </summary>
    public required bool HasHessian { get; init; }

    /// <summary>Gets the plan of the generated kernels in one line per vector width, as printed in the generated header.</summary>
    public required string KernelDescription { get; init; }

    /// <summary>Gets the number of weights, <c>C * (m + 1)</c>.</summary>
    public int ParameterCount => Classes * (Features + 1);

    /// <summary>Gets the label of the last class.</summary>
    public int LastLabel => Label(Classes - 1);

    /// <summary>Gets what labels there are, for a message: <c>labels run from 0 to 2</c> or <c>labels are -1, 1</c>.</summary>
    internal string LabelsText => _indices is null
        ? string.Create(CultureInfo.InvariantCulture, $"labels run from {FirstLabel} to {LastLabel}")
        : $"labels are {LabelList}";

    private string LabelList =>
        string.Join(", ", _labels.Take(MostLabelsInText).Select(static label => label.ToString(CultureInfo.InvariantCulture)))
        + (_labels.Count > MostLabelsInText ? ", …" : "");

    /// <summary>Gets the label of a class.</summary>
    /// <param name="index">The index of the class, from 0.</param>
    /// <returns>The label.</returns>
    public int Label(int index) => _indices is null ? FirstLabel + index : _labels[index];

    /// <summary>Finds the class of a label.</summary>
    /// <param name="label">The label.</param>
    /// <returns>The index of the class, from 0; -1 when no class has the label.</returns>
    public int IndexOf(int label)
    {
        if (_indices is not null)
        {
            return _indices.TryGetValue(label, out int index) ? index : -1;
        }

        // One comparison: a label below the first wraps round to a large number.
        int offset = unchecked(label - FirstLabel);
        return (uint)offset < (uint)Classes ? offset : -1;
    }

    /// <summary>Gets what to call a class in a message or a file.</summary>
    /// <param name="index">The index of the class, from 0.</param>
    /// <returns>The name of the class, or its label where classes have no names.</returns>
    public string ClassName(int index) => ClassNames.Count == 0 ? Label(index).ToString(CultureInfo.InvariantCulture) : ClassNames[index];

    /// <summary>Adds up what belongs to the columns of each member: of contributions to a score, those of a category or a vector become one.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="columns">A number for each of the <c>m</c> features.</param>
    /// <param name="groups">Receives a number for each of <see cref="FeatureGroups"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void SumByGroup<T>(ReadOnlySpan<T> columns, Span<T> groups)
        where T : unmanaged, INumber<T>
    {
        Guard.Length(columns.Length, Features, nameof(columns));
        Guard.Length(groups.Length, FeatureGroups.Count, nameof(groups));
        for (int group = 0; group < groups.Length; group++)
        {
            T sum = T.Zero;
            foreach (T column in columns.Slice(FeatureGroups[group].First, FeatureGroups[group].Count))
            {
                sum += column;
            }

            groups[group] = sum;
        }
    }

    /// <summary>Gets what to call a feature in a message or a file.</summary>
    /// <param name="index">The index of the feature, from 0.</param>
    /// <returns>The name of the feature, or <c>x1</c> to <c>xm</c> where features have no names.</returns>
    public string FeatureName(int index) => FeatureNames.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"x{index + 1}") : FeatureNames[index];
}
