using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>
/// The rows of a chunk, window by window in the order of their classes, and of rows of one class in the order they came in: a counting sort (Seward, 1954).
/// Its memory is borrowed for as long as rows are packed.
/// </summary>
internal readonly ref struct ClassOrder
{
    /// <summary>
    /// The fewest classes whose rows are put in order. Kernels of more than 10 contrasts (the planner's <c>SoftmaxTile</c>) handle labels apart from the
    /// exponentials, and those of a vector of rows that have the same one at once. Fewer classes would gain nothing.
    /// </summary>
    public const int FewestClasses = 12;

    /// <summary>
    /// The rows that are sorted at a time: enough for whole vectors of most classes, and few enough to lie in the second-level cache while they are gathered.
    /// </summary>
    public const int WindowRows = 2048;

    private const int CacheLineBytes = 64;
    private const int RowsAhead = 16;

    private readonly int[] _rows;
    private readonly int[] _ends;
    private readonly int _classes;

    /// <summary>Initializes a new instance of the <see cref="ClassOrder"/> struct.</summary>
    /// <param name="mostRows">The most rows of a chunk.</param>
    /// <param name="classes">The number of classes.</param>
    public ClassOrder(int mostRows, int classes)
    {
        _rows = ArrayPool<int>.Shared.Rent(mostRows);
        _ends = ArrayPool<int>.Shared.Rent(classes);
        _classes = classes;
    }

    /// <summary>Sorts the rows of a chunk.</summary>
    /// <typeparam name="T">The type of their class indices.</typeparam>
    /// <param name="classIndices">The class index of each row; sorted.</param>
    public void Sort<T>(Span<T> classIndices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < classIndices.Length; first += WindowRows)
        {
            int count = Math.Min(WindowRows, classIndices.Length - first);
            Sort(classIndices.Slice(first, count), first, _ends.AsSpan(0, _classes), _rows.AsSpan(first, count));
        }
    }

    /// <summary>Copies a table of the chunk's rows in their order.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="table">The table, row-major.</param>
    /// <param name="columns">The elements of a row.</param>
    /// <param name="sorted">Receives the rows.</param>
    public void Copy<T>(ReadOnlySpan<T> table, int columns, Span<T> sorted)
        where T : unmanaged => Gather(table, columns, _rows.AsSpan(0, table.Length / columns), 0, table.Length / columns, sorted);

    /// <summary>Packs the chunk's rows in their order, a group at a time, so that their copies stay near.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="packed">Receives the blocks.</param>
    public void Pack<T>(ReadOnlySpan<T> rows, int features, Span<T> packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int groupRows = PackedRows<T>.GroupRows;
        int count = rows.Length / features;
        using var group = new AlignedBuffer<T>((nint)groupRows * features);
        for (int first = 0; first < count; first += groupRows)
        {
            int end = Math.Min(first + groupRows, count);
            Span<T> gathered = group.Slice(0, (end - first) * features);
            Gather(rows, features, _rows.AsSpan(0, count), first, end, gathered);
            RowPacker.PackRows(gathered, features, packed[(first * features)..]);
        }
    }

    /// <summary>Returns the memory.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_rows);
        ArrayPool<int>.Shared.Return(_ends);
    }

    // Optimised at the first call: a training set is packed once, which would be over before the tiers are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort<T>(Span<T> classIndices, int first, Span<int> ends, Span<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ends.Clear();
        foreach (T index in classIndices)
        {
            ends[int.CreateTruncating(index)]++;
        }

        // Where the rows of each class begin; each that is placed moves it on, to where they end.
        int start = 0;
        foreach (ref int end in ends)
        {
            (start, end) = (start + end, start);
        }

        for (int row = 0; row < classIndices.Length; row++)
        {
            order[ends[int.CreateTruncating(classIndices[row])]++] = first + row;
        }

        start = 0;
        for (int j = 0; j < ends.Length; j++)
        {
            classIndices[start..ends[j]].Fill(T.CreateTruncating(j));
            start = ends[j];
        }
    }

    // The rows lie anywhere in the chunk, where no processor expects them: they are asked for in time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<T>(ReadOnlySpan<T> table, int columns, ReadOnlySpan<int> order, int first, int end, Span<T> gathered)
        where T : unmanaged
    {
        int lineLength = CacheLineBytes / Unsafe.SizeOf<T>();
        for (int i = first; i < end; i++)
        {
            int ahead = i + RowsAhead;
            if (ahead < order.Length)
            {
                ref T next = ref Unsafe.Add(ref MemoryMarshal.GetReference(table), (nint)order[ahead] * columns);
                for (int k = 0; k < columns; k += lineLength)
                {
                    Prefetch.Line(ref Unsafe.Add(ref next, k));
                }
            }

            table.Slice(order[i] * columns, columns).CopyTo(gathered);
            gathered = gathered[columns..];
        }
    }
}
