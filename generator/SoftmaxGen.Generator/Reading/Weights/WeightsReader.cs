using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>Reads weights files, the JSON form of model files that <c>docs/model-files.md</c> specifies: every rule of it that does not ask for the
/// model.</summary>
internal sealed class WeightsReader
{
    private const string FormatName = "softmaxgen-model";
    private const string Unchecked = "none";
    private const int Version = 1;

    /// <summary>The author's own fields begin with this; they are passed over.</summary>
    private const string OwnPrefix = "x-";

    private static readonly ImmutableHashSet<string> _known =
    [
        "format", "version", "classes", "features", "precision", "firstLabel", "labels", "fingerprint", "classNames", "featureNames",
        "weights", "standardization", "temperature", "checksum", "training",
    ];

    private readonly string _text;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, int> _values = [];

    private WeightsReader(string text, CancellationToken cancellationToken)
    {
        _text = text;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="text">The text; null when it cannot be read.</param>
    /// <param name="cancellationToken">Abandons the reading.</param>
    /// <returns>The file.</returns>
    public static WeightsDocument Read(string path, SourceText? text, CancellationToken cancellationToken)
    {
        try
        {
            return text is not null
                ? new WeightsDocument(path, new WeightsReader(text.ToString(), cancellationToken).ReadFile(), Problem: null)
                : throw WeightsException.Malformed(0, "the file is missing or is no text");
        }
        catch (WeightsException exception)
        {
            LinePosition place = text?.Lines.GetLinePosition(exception.Position) ?? default;
            var problem = new WeightsProblem(exception.Rule, exception.Message, exception.Position, place.Line, place.Character);
            return new WeightsDocument(path, Contents: null, problem);
        }
    }

    private BakedWeights ReadFile()
    {
        FindFields(new JsonReader(_text), _known, _values);
        CheckVersion();
        int classes = ReadCount("classes", ShapeLimits.MinClasses, ShapeLimits.MaxClasses);
        int features = ReadCount("features", ShapeLimits.MinFeatures, ShapeLimits.MaxFeatures);
        Precision precision = ReadPrecision();
        double[] weights = ReadWeights(classes, features + 1, precision);
        WeightsFolding folding = ReadFolding(features);
        CheckChecksum(WeightsChecksum.Of(weights, precision, folding));
        folding.Apply(weights, features + 1, precision);
        CheckFolded(weights);
        (double[] means, double[] deviations) = ReadMoments(features) ?? (folding.Means, folding.Deviations);
        return new BakedWeights(
            classes,
            features,
            precision,
            At("firstLabel").ReadInteger("the first label"),
            _values.ContainsKey("fingerprint") ? At("fingerprint").ReadString("the fingerprint, a string") : "",
            ReadNames("classNames", classes),
            ReadNames("featureNames", features),
            Bits(weights),
            ReadTraining())
        {
            Labels = ReadLabels(classes),
            MeanBits = Bits(means),
            DeviationBits = Bits(deviations),
        };
    }

    private static EquatableArray<long> Bits(double[] numbers) => numbers.Select(BitConverter.DoubleToInt64Bits).ToEquatableArray();

    private EquatableArray<int> ReadLabels(int classes)
    {
        if (!_values.ContainsKey("labels"))
        {
            return default;
        }

        JsonReader reader = At("labels");
        var labels = new List<int>();
        foreach (int _ in reader.ReadArray("integers"))
        {
            labels.Add(reader.ReadInteger("a label"));
        }

        return labels.Count == classes
            ? labels.ToEquatableArray()
            : throw WeightsException.Malformed(_values["labels"], $"there are {labels.Count} labels; there must be {classes}");
    }

    // The whole of the text is looked at before any of it is believed.
    private static void FindFields(JsonReader reader, ImmutableHashSet<string> known, Dictionary<string, int> values)
    {
        foreach (JsonField field in reader.ReadObject())
        {
            if (!known.Contains(field.Name) && !field.Name.StartsWith(OwnPrefix, StringComparison.Ordinal))
            {
                throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' is not known; fields of your own begin with '{OwnPrefix}'");
            }

            if (values.ContainsKey(field.Name))
            {
                throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' occurs twice");
            }

            values.Add(field.Name, reader.Position);
            reader.Skip();
        }

        reader.ReadEnd();
    }

    private JsonReader At(string field) => _values.TryGetValue(field, out int position)
        ? new JsonReader(_text, position)
        : throw WeightsException.Malformed(0, $"the field '{field}' is missing");

    private void CheckVersion()
    {
        if (At("format").ReadString("the format, a string") != FormatName)
        {
            throw WeightsException.Malformed(_values["format"], $"the format must be \"{FormatName}\"");
        }

        int version = At("version").ReadInteger("the version");
        if (version != Version)
        {
            throw WeightsException.Malformed(_values["version"], $"the file is of version {version}; this release reads version {Version}");
        }
    }

    private int ReadCount(string field, int least, int most)
    {
        int count = At(field).ReadInteger($"the number of {field}");
        return count >= least && count <= most
            ? count
            : throw WeightsException.Malformed(_values[field], $"{field} is {count}; it must be from {least} to {most}");
    }

    private Precision ReadPrecision() => At("precision").ReadString("the precision, a string") switch
    {
        "double" => Precision.Double,
        "single" => Precision.Single,
        _ => throw WeightsException.Malformed(_values["precision"], "the precision must be \"double\" or \"single\""),
    };

    private double[] ReadWeights(int classes, int columns, Precision precision)
    {
        long count = (long)classes * columns;
        if (count > ShapeLimits.MaxBakedParameters)
        {
            throw new WeightsException(DiagnosticDescriptors.TooManyWeights, At("weights").Position, $"there are {count} weights");
        }

        double[] weights = new double[count];
        JsonReader reader = At("weights");
        int rows = 0;
        int end = reader.Position;
        foreach (int row in reader.ReadArray("rows"))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (row == classes)
            {
                throw WeightsException.Malformed(reader.Position, $"there are more rows of weights than the {classes} classes");
            }

            ReadNumbers(reader, $"row {row} of the weights", precision, weights, row * columns, columns);
            rows++;
        }

        return rows == classes ? weights : throw WeightsException.Malformed(end, $"there are {rows} rows of weights; there must be {classes}");
    }

    private static void ReadNumbers(JsonReader reader, string what, Precision precision, double[] values, int offset, int length)
    {
        int start = reader.Position;
        int count = 0;
        foreach (int index in reader.ReadArray("numbers"))
        {
            int position = reader.Position;
            if (index == length)
            {
                throw WeightsException.Malformed(position, $"{what} has more than {length} numbers");
            }

            string number = reader.ReadNumber($"a number of {what}");
            double value = RealNumber.Parse(number, precision);
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new WeightsException(DiagnosticDescriptors.WeightNotFinite, position, $"{number} is beyond the range of {Words(precision)}");
            }

            values[offset + index] = value;
            count++;
        }

        if (count < length)
        {
            throw WeightsException.Malformed(start, $"{what} has {count} numbers; it must have {length}");
        }
    }

    private WeightsFolding ReadFolding(int features)
    {
        double? temperature = _values.ContainsKey("temperature") ? ReadPositive(At("temperature"), "the temperature") : null;
        if (!_values.ContainsKey("standardization"))
        {
            return new WeightsFolding([], [], temperature);
        }

        JsonReader reader = At("standardization");
        double[]? means = null;
        double[]? deviations = null;
        foreach (JsonField field in reader.ReadObject())
        {
            ref double[]? values = ref means;
            if (field.Name == "deviations")
            {
                values = ref deviations;
            }
            else if (field.Name != "means")
            {
                throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' is not known; a standardization has 'means' and 'deviations'");
            }

            if (values is not null)
            {
                throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' occurs twice");
            }

            int position = reader.Position;
            values = new double[features];
            ReadNumbers(reader, $"'{field.Name}'", Precision.Double, values, 0, features);
            if (field.Name == "deviations" && values.Any(static value => value <= 0))
            {
                throw WeightsException.Malformed(position, "every deviation must be positive");
            }
        }

        return means is not null && deviations is not null
            ? new WeightsFolding(means, deviations, temperature)
            : throw WeightsException.Malformed(_values["standardization"], "a standardization must have 'means' and 'deviations'");
    }

    private static double ReadPositive(JsonReader reader, string what)
    {
        double[] value = new double[1];
        int position = reader.Position;
        value[0] = RealNumber.Parse(reader.ReadNumber(what), Precision.Double);
        return value[0] > 0 && !double.IsInfinity(value[0]) ? value[0] : throw WeightsException.Malformed(position, $"{what} must be positive and finite");
    }

    private void CheckChecksum(string actual)
    {
        string stated = At("checksum").ReadString("the checksum, a string");
        if (stated != Unchecked && stated != actual)
        {
            throw new WeightsException(
                DiagnosticDescriptors.WeightsDamaged,
                _values["checksum"],
                $"the checksum is \"{stated}\", but that of the numbers is \"{actual}\"; a file edited by hand says \"checksum\": \"{Unchecked}\"");
        }
    }

    private void CheckFolded(double[] weights)
    {
        if (weights.Any(static weight => double.IsNaN(weight) || double.IsInfinity(weight)))
        {
            string field = _values.ContainsKey("standardization") ? "standardization" : "temperature";
            string message = $"with the {field} folded in, a weight is beyond the range of its precision";
            throw new WeightsException(DiagnosticDescriptors.WeightNotFinite, _values[field], message);
        }
    }

    private EquatableArray<string> ReadNames(string field, int count)
    {
        if (!_values.ContainsKey(field))
        {
            return default;
        }

        JsonReader reader = At(field);
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (int index in reader.ReadArray("names"))
        {
            if (index == count)
            {
                throw WeightsException.Malformed(reader.Position, $"{field} has more than {count} names");
            }

            names.Add(reader.ReadString("a name"));
        }

        return names.Count == 0 || names.Count == count
            ? new EquatableArray<string>(names.ToImmutable())
            : throw WeightsException.Malformed(_values[field], $"{field} has {names.Count} names; it must have {count}");
    }

    // For people to read: whatever the object holds, what is not understood is passed over.
    private EquatableArray<string> ReadTraining()
    {
        if (!_values.ContainsKey("training") || !At("training").IsObject)
        {
            return default;
        }

        JsonReader reader = At("training");
        var facts = new Dictionary<string, string>();
        foreach (JsonField field in reader.ReadObject())
        {
            if (reader.IsString)
            {
                facts[field.Name] = reader.ReadString("a string");
            }
            else if (reader.IsNumber)
            {
                facts[field.Name] = reader.ReadNumber("a number");
            }
            else
            {
                reader.Skip();
            }
        }

        return TrainingFacts.Describe(facts).ToEquatableArray();
    }

    // The rest of the training summary does not matter to the model.
    private (double[] Means, double[] Deviations)? ReadMoments(int features)
    {
        const string Means = "featureMeans";
        const string Deviations = "featureDeviations";
        var places = new Dictionary<string, int>();
        if (_values.ContainsKey("training") && At("training").IsObject)
        {
            JsonReader reader = At("training");
            foreach (JsonField field in reader.ReadObject())
            {
                if (field.Name is Means or Deviations)
                {
                    if (places.ContainsKey(field.Name))
                    {
                        throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' occurs twice");
                    }

                    places.Add(field.Name, reader.Position);
                }

                reader.Skip();
            }
        }

        if (!places.TryGetValue(Means, out int meansPlace) || !places.TryGetValue(Deviations, out int deviationsPlace))
        {
            return null;
        }

        double[] means = new double[features];
        double[] deviations = new double[features];
        ReadNumbers(new JsonReader(_text, meansPlace), $"'{Means}'", Precision.Double, means, 0, features);
        ReadNumbers(new JsonReader(_text, deviationsPlace), $"'{Deviations}'", Precision.Double, deviations, 0, features);
        return deviations.Any(static deviation => deviation < 0)
            ? throw WeightsException.Malformed(deviationsPlace, "no deviation may be negative")
            : (means, deviations);
    }

    private static string Words(Precision precision) => precision == Precision.Single ? "float" : "double";
}
