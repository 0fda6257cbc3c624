using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using SoftmaxGen.Data.Columns;
using SoftmaxGen.Data.Rows;

namespace SoftmaxGen.Data;

/// <summary>
/// Adds the rows of files to training sets that are being built. There is never more in memory than the packed rows and one batch, row group or record batch
/// of the file. A call that throws adds no row of the file, and leaves those before as they were.
/// </summary>
public static class DataFileExtensions
{
    /// <summary>
    /// Adds the rows of a file whose columns are the features of the model. They are found by the names of the features; where the model gives its features
    /// no names, they are all columns but those of the label and the weight, in the order of the file.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="builder">The training set to be.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">What its columns mean; the defaults of <see cref="DataFileOptions"/> when null.</param>
    /// <param name="progress">Told after every batch of rows.</param>
    /// <param name="cancellationToken">Stops the reading; no row of the file is added then.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="DataFileException">The file is damaged, lacks a column, or has a field that the model cannot take.</exception>
    /// <exception cref="ArgumentException">The options name a feature that the model does not have, or rows before have soft labels.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <example>
    /// <code>
    /// using var builder = new TrainingSetBuilder&lt;IrisModel, double&gt;();
    /// builder.AddFile(DataFile.Csv("iris.csv"), new DataFileOptions { LabelColumn = "species" });
    /// using TrainingSet&lt;IrisModel, double&gt; set = builder.Build();
    /// </code>
    /// </example>
    public static DataFileReport AddFile<TModel, T>(
        this TrainingSetBuilder<TModel, T> builder,
        DataFile file,
        DataFileOptions? options = null,
        IProgress<DataFileProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);
        options ??= new DataFileOptions();
        using RowAddition addition = builder.Begin();
        using RowSource source = file.Open();
        FileColumns columns = FeatureColumns.Find(TModel.Shape, source, options);
        source.Select(columns.All, options.Missing);
        var batch = new NumberBatch<T>(TModel.Shape, columns, options.IncompleteRows);
        int skippedBefore = builder.SkippedRowCount;
        for (int count = source.Fill(batch); count > 0; count = source.Fill(batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(new TrainingRows<T>
            {
                Rows = batch.Rows.AsSpan(0, count * TModel.Shape.Features),
                Labels = batch.Labels.AsSpan(0, count),
                RowWeights = batch.Weights.Length == 0 ? default : batch.Weights.AsSpan(0, count),
                IncompleteRows = options.IncompleteRows,
            });
            progress?.Report(new DataFileProgress(source.Rows, source.BytesRead, source.TotalBytes));
        }

        cancellationToken.ThrowIfCancellationRequested();
        addition.Complete();
        return Report(source, columns, builder.SkippedRowCount - skippedBefore);
    }

    /// <summary>
    /// Adds the rows of a file whose columns are members of the rows' type: parameters of its constructor, and properties and fields that can be set. The
    /// columns of enums hold names or numbers of their members, those of vectors are called <c>Name[0]</c>, <c>Name[1]</c> and so on.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <typeparam name="TRow">The type of rows. Its members are found by reflection, once for each file.</typeparam>
    /// <param name="builder">The training set to be.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">What its columns mean; the defaults of <see cref="DataFileOptions"/> when null.</param>
    /// <param name="progress">Told after every batch of rows.</param>
    /// <param name="cancellationToken">Stops the reading; no row of the file is added then.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="DataFileException">The file is damaged, lacks a column, or has a field that the model cannot take.</exception>
    /// <exception cref="ArgumentException">The options name a member that rows do not have, or say what is done about incomplete rows.</exception>
    /// <exception cref="NotSupportedException">Rows cannot be made from columns; the other overload takes a function that makes them.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <example>
    /// <code>
    /// using var builder = new TrainingSetBuilder&lt;ClientModel, double, Churn, Client&gt;();
    /// builder.AddFile(DataFile.Parquet("clients.parquet"));
    /// using TrainingSet&lt;ClientModel, double&gt; set = builder.Build();
    /// </code>
    /// </example>
    public static DataFileReport AddFile<TModel, T, TLabel, [DynamicallyAccessedMembers(RowMember.Needed)] TRow>(
        this TrainingSetBuilder<TModel, T, TLabel, TRow> builder,
        DataFile file,
        DataFileOptions? options = null,
        IProgress<DataFileProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);
        options ??= new DataFileOptions();
        using RowSource source = file.Open();
        var rows = new TypedRows<TModel, T, TLabel, TRow>(builder, source, options);
        rows.Bind(new RowBinder<TRow>(source, options));
        return rows.Add(progress, cancellationToken);
    }

    /// <summary>Adds the rows of a file, each made by a function. Members of rows are not looked for by reflection.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <typeparam name="TRow">The type of rows.</typeparam>
    /// <param name="builder">The training set to be.</param>
    /// <param name="file">The file.</param>
    /// <param name="read">Makes a row of the current one of the file. It sets the label as well, unless the options have a column of labels.</param>
    /// <param name="options">
    /// What is to be said of labels, weights and missing values; the defaults of <see cref="DataFileOptions"/> when null. The function finds the columns of
    /// members itself.
    /// </param>
    /// <param name="progress">Told after every batch of rows.</param>
    /// <param name="cancellationToken">Stops the reading; no row of the file is added then.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="DataFileException">The file is damaged, or a row cannot be made or taken; what the function threw is within.</exception>
    /// <exception cref="ArgumentException">The options say what the function does, or what is done about incomplete rows.</exception>
    /// <exception cref="NotSupportedException">No member of a row is its label, and the options name no column of labels.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <example>
    /// <code>
    /// builder.AddFile(
    ///     DataFile.Csv("clients.csv"),
    ///     static row =&gt; new Client(
    ///         row.Enum&lt;Contract&gt;("contract"), row.DoubleOrNull("charges"), (int)row.Int64("months"), row.Enum&lt;Churn&gt;("churn")));
    /// </code>
    /// </example>
    public static DataFileReport AddFile<TModel, T, TLabel, TRow>(
        this TrainingSetBuilder<TModel, T, TLabel, TRow> builder,
        DataFile file,
        Func<FileRow, TRow> read,
        DataFileOptions? options = null,
        IProgress<DataFileProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(read);
        options ??= new DataFileOptions();
        if (options.Columns.Count > 0)
        {
            throw new ArgumentException("Columns say what the columns of members are called; here the function names them.", nameof(options));
        }

        using RowSource source = file.Open();
        var rows = new TypedRows<TModel, T, TLabel, TRow>(builder, source, options);
        rows.Bind(read);
        return rows.Add(progress, cancellationToken);
    }

    /// <summary>Says what was read.</summary>
    /// <param name="source">The file.</param>
    /// <param name="columns">The columns that were read.</param>
    /// <param name="skipped">The number of rows that were left out.</param>
    /// <returns>The report.</returns>
    internal static DataFileReport Report(RowSource source, FileColumns columns, long skipped) => new()
    {
        Rows = source.Rows,
        SkippedRows = skipped,
        UsedColumns = [.. columns.All.Select(index => source.ColumnNames[index])],
        UnusedColumns = [.. Enumerable.Range(0, source.ColumnNames.Count).Except(columns.All).Select(index => source.ColumnNames[index])],
    };
}
