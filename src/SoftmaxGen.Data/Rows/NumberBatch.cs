using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>Rows of numbers with their labels and weights, and the columns that they are in.</summary>
internal sealed class NumberBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The numbers of a batch stay in the second-level cache until they are packed.
    private const int BatchBytes = 256 << 10;
    private const int FewestRows = 64;
    private const int MostRows = 4096;

    private readonly ModelShape _shape;
    private readonly ClassLabels _classes;
    private readonly IncompleteRows _incomplete;

    /// <summary>Initializes a new instance of the <see cref="NumberBatch{T}"/> class.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="columns">The columns of the features, the label and, where there are weights, the weight.</param>
    /// <param name="incomplete">What to do with rows that miss a feature.</param>
    public NumberBatch(ModelShape shape, FileColumns columns, IncompleteRows incomplete)
    {
        _shape = shape;
        _classes = new ClassLabels(shape, []);
        _incomplete = incomplete;
        Columns = columns;
        Capacity = (int)Math.Clamp(BatchBytes / ((long)shape.Features * Unsafe.SizeOf<T>()), FewestRows, MostRows);
        Rows = new T[Capacity * shape.Features];
        Labels = new int[Capacity];
        Weights = columns.Weight < 0 ? [] : new T[Capacity];
    }

    /// <summary>Gets the most rows.</summary>
    public int Capacity { get; }

    /// <summary>Gets the columns.</summary>
    public FileColumns Columns { get; }

    /// <summary>Gets the features, row-major.</summary>
    public T[] Rows { get; }

    /// <summary>Gets the labels.</summary>
    public int[] Labels { get; }

    /// <summary>Gets the weights; empty where there are none.</summary>
    public T[] Weights { get; }

    /// <summary>Reads rows that lie in columns.</summary>
    /// <param name="source">The columns.</param>
    /// <param name="first">The first row of them.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="to">The place of the first row here.</param>
    public void Fill(RowSource source, int first, int count, int to)
    {
        int features = _shape.Features;
        for (int feature = 0; feature < features; feature++)
        {
            Column column = source.Column(Columns.Features[feature]);
            int good = column.CopyTo(first, count, Rows.AsSpan((to * features) + feature), features);
            if (good < count)
            {
                throw Refusal.NoNumber(source, column, first + good);
            }
        }

        for (int i = 0; i < count; i++)
        {
            Check(source, first + i, to + i);
            ReadLabel(source, first + i, to + i);
        }
    }

    /// <summary>Gets the place of a row's features.</summary>
    public Span<T> Features(int to) => Rows.AsSpan(to * _shape.Features, _shape.Features);

    /// <summary>Looks for features that are missing or infinite.</summary>
    /// <exception cref="DataFileException">There is one that the model cannot take.</exception>
    public void Check(RowSource source, int row, int to)
    {
        ReadOnlySpan<T> features = Features(to);
        for (int feature = 0; feature < features.Length; feature++)
        {
            T number = features[feature];
            if (!T.IsFinite(number) && (_incomplete != IncompleteRows.Skip || !T.IsNaN(number)))
            {
                Column column = source.Column(Columns.Features[feature]);
                throw T.IsNaN(number)
                    ? Refusal.Missing(source, column, row, "IncompleteRows = IncompleteRows.Skip leaves such rows out")
                    : Refusal.Of(source, column, row, "is not finite");
            }
        }
    }

    /// <summary>Reads the label and the weight of a row.</summary>
    /// <exception cref="DataFileException">The label is that of no class, or the weight is none.</exception>
    public void ReadLabel(RowSource source, int row, int to)
    {
        Labels[to] = _classes.Read(source, source.Column(Columns.Label), row);
        if (Columns.Weight >= 0)
        {
            Weights[to] = RowWeight.Read<T>(source, source.Column(Columns.Weight), row);
        }
    }
}
