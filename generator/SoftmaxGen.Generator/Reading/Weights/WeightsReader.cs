using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Persistence;
using Field = SoftmaxGen.Persistence.ModelFields;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>Reads weights files, the JSON form of model files that <c>docs/model-files.md</c> specifies: every rule of it that does not ask for the
/// model.</summary>
internal sealed class WeightsReader
{
    private static readonly ImmutableHashSet<string> _known =
    [
        Field.Format, Field.Version, Field.Classes, Field.Features, Field.Precision, Field.FirstLabel, Field.Labels, Field.Fingerprint, Field.ClassNames,
        Field.FeatureNames, Field.Weights, Field.Standardization, Field.Temperature, Field.Checksum, Field.Training,
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
        int classes = ReadCount(Field.Classes, ShapeLimits.MinClasses, ShapeLimits.MaxClasses);
        int features = ReadCount(Field.Features, ShapeLimits.MinFeatures, ShapeLimits.MaxFeatures);
        Precision precision = ReadPrecision();
        double[] weights = ReadWeights(classes, features + 1, precision);
        Folding folding = ReadFolding(features);
        CheckChecksum(WeightsChecksum.Of(weights, precision, folding));
        Fold(folding, weights, features + 1, precision);
        CheckFolded(weights);
        (double[] means, double[] deviations) = ReadMoments(features) ?? (folding.Means ?? [], folding.Deviations ?? []);
        return new BakedWeights(
            classes,
            features,
            precision,
            At(Field.FirstLabel).ReadInteger("the first label"),
            ReadFingerprint(),
            ReadNames(Field.ClassNames, classes),
            ReadNames(Field.FeatureNames, features),
            Bits(weights),
            ReadTraining())
        {
            Labels = ReadLabels(classes),
            MeanBits = Bits(means),
            DeviationBits = Bits(deviations),
        };
    }

    private static EquatableArray<long> Bits(double[] numbers) => numbers.Select(BitConverter.DoubleToInt64Bits).ToEquatableArray();

    // Empty where the file has none.
    private string ReadFingerprint()
    {
        if (!_values.TryGetValue(Field.Fingerprint, out int position))
        {
            return "";
        }

        string fingerprint = At(Field.Fingerprint).ReadString("the fingerprint, a string");
        return fingerprint.Length > 0 ? fingerprint : throw WeightsException.Malformed(position, "the fingerprint is empty");
    }

    private EquatableArray<int> ReadLabels(int classes)
    {
        if (!_values.ContainsKey(Field.Labels))
        {
            return default;
        }

        JsonReader reader = At(Field.Labels);
        var labels = new List<int>();
        foreach (int _ in reader.ReadArray("integers"))
        {
            labels.Add(reader.ReadInteger("a label"));
        }

        return labels.Count == classes
            ? labels.ToEquatableArray()
            : throw WeightsException.Malformed(_values[Field.Labels], $"there are {labels.Count} labels; there must be {classes}");
    }

    // The whole of the text is looked at before any of it is believed.
    private static void FindFields(JsonReader reader, ImmutableHashSet<string> known, Dictionary<string, int> values)
    {
        foreach (JsonField field in reader.ReadObject())
        {
            if (!known.Contains(field.Name) && !field.Name.StartsWith(Field.OwnPrefix, StringComparison.Ordinal))
            {
                throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' is not known; fields of your own begin with '{Field.OwnPrefix}'");
            }

            if (known.Contains(field.Name))
            {
                if (values.ContainsKey(field.Name))
                {
                    throw WeightsException.Malformed(field.Position, $"the field '{field.Name}' occurs twice");
                }

                values.Add(field.Name, reader.Position);
            }

            reader.Skip();
        }

        reader.ReadEnd();
    }

    private JsonReader At(string field) => _values.TryGetValue(field, out int position)
        ? new JsonReader(_text, position)
        : throw WeightsException.Malformed(0, $"the field '{field}' is missing");

    private void CheckVersion()
    {
        if (At(Field.Format).ReadString("the format, a string") != Field.FormatName)
        {
            throw WeightsException.Malformed(_values[Field.Format], $"the format must be \"{Field.FormatName}\"");
        }

        int version = At(Field.Version).ReadInteger("the version");
        if (version != Field.CurrentVersion)
        {
            throw WeightsException.Malformed(_values[Field.Version], $"the file is of version {version}; this release reads version {Field.CurrentVersion}");
        }
    }

    private int ReadCount(string field, int least, int most)
    {
        int count = At(field).ReadInteger($"the number of {field}");
        return count >= least && count <= most
            ? count
            : throw WeightsException.Malformed(_values[field], $"{field} is {count}; it must be from {least} to {most}");
    }

    private Precision ReadPrecision() => At(Field.Precision).ReadString("the precision, a string") switch
    {
        Field.DoublePrecision => Precision.Double,
        Field.SinglePrecision => Precision.Single,
        _ => throw WeightsException.Malformed(_values[Field.Precision], "the precision must be \"double\" or \"single\""),
    };

    private double[] ReadWeights(int classes, int columns, Precision precision)
    {
        long count = (long)classes * columns;
        if (count > ShapeLimits.MaxBakedParameters)
        {
            throw new WeightsException(DiagnosticDescriptors.TooManyWeights, At(Field.Weights).Position, $"there are {count} weights");
        }

        double[] weights = new double[count];
        JsonReader reader = At(Field.Weights);
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

    // In double, rounded once in the end.
    private static void Fold(Folding folding, double[] weights, int columns, Precision precision)
    {
        if (folding.IsNone)
        {
            return;
        }

        double[] row = new double[columns];
        for (int first = 0; first < weights.Length; first += columns)
        {
            Array.Copy(weights, first, row, 0, columns);
            folding.ApplyTo(row);
            for (int k = 0; k < columns; k++)
            {
                weights[first + k] = precision == Precision.Single ? (float)row[k] : row[k];
            }
        }
    }

    private Folding ReadFolding(int features)
    {
        double? temperature = _values.ContainsKey(Field.Temperature) ? ReadPositive(At(Field.Temperature), "the temperature") : null;
        if (!_values.ContainsKey(Field.Standardization))
        {
            return new Folding(null, null, temperature);
        }

        JsonReader reader = At(Field.Standardization);
        double[]? means = null;
        double[]? deviations = null;
        foreach (JsonField field in reader.ReadObject())
        {
            if (field.Name.StartsWith(Field.OwnPrefix, StringComparison.Ordinal))
            {
                reader.Skip();
                continue;
            }

            ref double[]? values = ref means;
            if (field.Name == Field.Deviations)
            {
                values = ref deviations;
            }
            else if (field.Name != Field.Means)
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
            if (field.Name == Field.Deviations && values.Any(static value => value <= 0))
            {
                throw WeightsException.Malformed(position, "every deviation must be positive");
            }
        }

        return means is not null && deviations is not null
            ? new Folding(means, deviations, temperature)
            : throw WeightsException.Malformed(_values[Field.Standardization], "a standardization must have 'means' and 'deviations'");
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
        string stated = At(Field.Checksum).ReadString("the checksum, a string");
        if (stated != Field.Unchecked && stated != actual)
        {
            throw new WeightsException(
                DiagnosticDescriptors.WeightsDamaged,
                _values[Field.Checksum],
                $"the checksum is \"{stated}\", but that of the numbers is \"{actual}\"; a file edited by hand says \"checksum\": \"{Field.Unchecked}\"");
        }
    }

    private void CheckFolded(double[] weights)
    {
        if (weights.Any(static weight => double.IsNaN(weight) || double.IsInfinity(weight)))
        {
            string field = _values.ContainsKey(Field.Standardization) ? Field.Standardization : Field.Temperature;
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
        if (!_values.ContainsKey(Field.Training) || !At(Field.Training).IsObject)
        {
            return default;
        }

        JsonReader reader = At(Field.Training);
        var facts = new Dictionary<string, string>();
        foreach (JsonField field in reader.ReadObject())
        {
            if (reader.IsString)
            {
                string fact = reader.ReadUnits("a string");
                if (JsonReader.IsWellFormed(fact))
                {
                    facts[field.Name] = fact;
                }
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
        var places = new Dictionary<string, int>();
        if (_values.ContainsKey(Field.Training) && At(Field.Training).IsObject)
        {
            JsonReader reader = At(Field.Training);
            foreach (JsonField field in reader.ReadObject())
            {
                if (field.Name is Field.FeatureMeans or Field.FeatureDeviations)
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

        if (!places.TryGetValue(Field.FeatureMeans, out int meansPlace) || !places.TryGetValue(Field.FeatureDeviations, out int deviationsPlace))
        {
            return null;
        }

        double[] means = new double[features];
        double[] deviations = new double[features];
        ReadNumbers(new JsonReader(_text, meansPlace), $"'{Field.FeatureMeans}'", Precision.Double, means, 0, features);
        ReadNumbers(new JsonReader(_text, deviationsPlace), $"'{Field.FeatureDeviations}'", Precision.Double, deviations, 0, features);
        return deviations.Any(static deviation => deviation < 0)
            ? throw WeightsException.Malformed(deviationsPlace, "no deviation may be negative")
            : (means, deviations);
    }

    private static string Words(Precision precision) => precision == Precision.Single ? "float" : "double";
}
