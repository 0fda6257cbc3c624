using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>The rows of a file as rows of a program's own type, on their way into a training set.</summary>
internal sealed class TypedRows<TModel, T, TLabel, TRow>
    where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    private const int BatchRows = 1024;

    private readonly TrainingSetBuilder<TModel, T, TLabel, TRow> _builder;
    private readonly RowSource _source;
    private readonly DataFileOptions _options;
    private readonly ColumnNames _names;
    private readonly ClassLabels _classes;
    private readonly FileRow _row;
    private readonly List<TRow> _rows = new(BatchRows);
    private readonly List<DataFilePlace> _places = new(BatchRows);
    private readonly List<TLabel> _labels = [];
    private readonly List<T> _weights = [];
    private Func<FileRow, TRow> _read = static _ => throw new InvalidOperationException();
    private FileColumns _columns = new([], -1, -1);
    private IReadOnlyDictionary<string, int> _columnOf = new Dictionary<string, int>();

    /// <summary>Initializes a new instance of the <see cref="TypedRows{TModel, T, TLabel, TRow}"/> class.</summary>
    public TypedRows(TrainingSetBuilder<TModel, T, TLabel, TRow> builder, RowSource source, DataFileOptions options)
    {
        if (options.IncompleteRows != IncompleteRows.Throw)
        {
            throw new ArgumentException("The members of a row type say what may be missing; IncompleteRows must keep its default.", nameof(options));
        }

        _builder = builder;
        _source = source;
        _options = options;
        _names = new ColumnNames(source.Name, source.ColumnNames);
        _row = new FileRow(source);
        _classes = new ClassLabels(TModel.Shape, Enum.GetValues<TLabel>().Select(static value => (value.ToString(), Number(value))));
    }

    /// <summary>Reads rows by the names of members.</summary>
    public void Bind(RowBinder<TRow> binder)
    {
        int label = _options.LabelColumn is null && binder.LabelMember is { } member
            ? FeatureColumns.Label(_names, _options, member.FeatureName, member.Name)
            : FeatureColumns.Label(_names, _options, _options.LabelColumn ?? DataFileOptions.DefaultLabel);
        _read = binder.Compile();
        _columnOf = binder.ColumnOf;
        _columns = new FileColumns(binder.Used, label, FeatureColumns.Weight(_names, _options));
        _source.Select(_columns.All, _options.Missing);
    }

    /// <summary>Reads rows by a function, which may ask for any column.</summary>
    public void Bind(Func<FileRow, TRow> read)
    {
        _read = read;
        int label = _options.LabelColumn is null ? -1 : FeatureColumns.Label(_names, _options, _options.LabelColumn);
        _columns = new FileColumns([], label, FeatureColumns.Weight(_names, _options));
        _source.Select([.. Enumerable.Range(0, _source.ColumnNames.Count)], _options.Missing);
    }

    /// <summary>Adds the rows.</summary>
    public DataFileReport Add(IProgress<DataFileProgress>? progress, CancellationToken cancellationToken)
    {
        using RowAddition addition = _builder.Begin();
        while (_source.NextRow())
        {
            Read();
            if (_rows.Count == BatchRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Flush();
                progress?.Report(new DataFileProgress(_source.Rows, _source.BytesRead, _source.TotalBytes));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_rows.Count > 0)
        {
            Flush();
            progress?.Report(new DataFileProgress(_source.Rows, _source.BytesRead, _source.TotalBytes));
        }

        addition.Complete();
        return DataFileExtensions.Report(_source, _columns with { Features = [.. _columns.Features, .. _row.Asked] }, skipped: 0);
    }

    private static int Number(TLabel value) => (int)long.CreateSaturating(Convert.ToDecimal(value, CultureInfo.InvariantCulture));

    private void Read()
    {
        DataFilePlace place = _source.PlaceOf(_source.Row);
        try
        {
            if (_columns.Label >= 0)
            {
                _row.Label = _classes.Read(_source, _source.Column(_columns.Label), _source.Row);
                _labels.Add((TLabel)Enum.ToObject(typeof(TLabel), _row.Label));
            }

            if (_columns.Weight >= 0)
            {
                _weights.Add(RowWeight.Read<T>(_source, _source.Column(_columns.Weight), _source.Row));
            }

            _rows.Add(_read(_row));
        }
        catch (Exception exception) when (exception is not (DataFileException or OperationCanceledException))
        {
            throw new DataFileException(place, $"no {typeof(TRow).Name} can be made of the row: {exception.Message}", exception);
        }

        _places.Add(place);
    }

    private void Flush()
    {
        ReadOnlySpan<TRow> rows = CollectionsMarshal.AsSpan(_rows);
        try
        {
            if (_columns.Label >= 0)
            {
                _builder.Add(rows, CollectionsMarshal.AsSpan(_labels), CollectionsMarshal.AsSpan(_weights));
            }
            else
            {
                _builder.Add(rows, CollectionsMarshal.AsSpan(_weights));
            }
        }
        catch (ArgumentException)
        {
            Locate(rows);
            throw;
        }

        _rows.Clear();
        _places.Clear();
        _labels.Clear();
        _weights.Clear();
    }

    // Messages begin with the name of the member.
    private string? ColumnOf(string message)
    {
        string? member = TModel.Shape.FeatureGroups
            .Select(static group => group.Name)
            .FirstOrDefault(name => message.StartsWith($"{name} of row", StringComparison.Ordinal));
        return member is null ? null : Column(member);
    }

    private string Column(string member) => _columnOf.TryGetValue(member, out int index) ? _source.ColumnNames[index] : member;

    // The encoder has refused a row of the batch: which one it is, and where it comes from, one row at a time tells.
    private void Locate(ReadOnlySpan<TRow> rows)
    {
        T[] features = new T[TModel.Shape.Features];
        for (int i = 0; i < rows.Length; i++)
        {
            int number = (int)Math.Min(_places[i].Row ?? 0, int.MaxValue);
            try
            {
                TModel.ReadRows(rows.Slice(i, 1), features, number);
                if (_columns.Label < 0)
                {
                    TModel.ReadLabels(rows.Slice(i, 1), number);
                }
            }
            catch (ArgumentException exception)
            {
                // "… (Parameter 'rows')" speaks of an argument that nobody has given.
                string message = exception.ParamName is { } name
                    ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
                    : exception.Message;
                throw new DataFileException(_places[i] with { Column = ColumnOf(message) }, message, exception);
            }

            int bad = Array.FindIndex(features, static feature => !T.IsFinite(feature));
            if (bad >= 0)
            {
                FeatureGroup group = TModel.Shape.FeatureGroups.Last(group => group.First <= bad);
                throw new DataFileException(
                    _places[i] with { Column = Column(group.Name) },
                    string.Create(CultureInfo.InvariantCulture, $"{TModel.Shape.FeatureName(bad)} of row {number} is {features[bad]}, which is not finite."));
            }
        }
    }
}
