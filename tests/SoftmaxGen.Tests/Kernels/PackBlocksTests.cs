using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.TestModels.Packing;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// The packing that is generated for rows of few features, against the definition of the layout: feature <c>k</c> of row <c>lane</c> of block
/// <c>b</c> is element <c>(b m + k) BlockRows + lane</c>.
/// </summary>
public class PackBlocksTests
{
    private const int FirstLabel = 3;
    private const int Classes = 9;
    private const int MostBlocks = 5;

    // Elements ahead of the rows, so that they begin anywhere within a cache line, and around what is written.
    private const int MostAhead = 17;
    private const int Margin = 16;

    private delegate void PackBlocks<T>(ref T rows, ref int labels, ref T packed, ref T classIndices, int blocks);

    public static TheoryData<string> Models { get; } =
    [
        .. typeof(Double9x2From3).Assembly.GetTypes().Where(static type => type.Namespace == typeof(Double9x2From3).Namespace && type.DeclaringType is null)
            .Select(static type => type.Name),
    ];

    [Fact]
    public void Every_number_of_features_is_there() => Assert.Equal(2 * 7, Models.Count);

    [Theory]
    [MemberData(nameof(Models))]
    public void Blocks_are_transposed_and_nothing_else_is_touched(string name)
    {
        Type model = typeof(Double9x2From3).Assembly.GetType($"{typeof(Double9x2From3).Namespace}.{name}", throwOnError: true)!;
        if (name.StartsWith("Double", StringComparison.Ordinal))
        {
            AssertPacks<double>(model);
        }
        else
        {
            AssertPacks<float>(model);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void Rows_of_any_number_are_packed(int features)
    {
        // What training sets, and the last rows of a call, go through: whole blocks and then rows one by one.
        for (int rows = 0; rows <= (2 * PackedRows<float>.BlockRows) + 1; rows++)
        {
            AssertPacksRows<double>(rows, features);
            AssertPacksRows<float>(rows, features);
        }
    }

    private static void AssertPacks<T>(Type model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = ((ModelShape)model.GetProperty("Shape")!.GetValue(null)!).Features;
        PackBlocks<T> pack = typeof(RowPacker)
            .GetMethod(nameof(RowPacker.PackBlocks), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(GeneratedKernels.Of(model), typeof(T))
            .CreateDelegate<PackBlocks<T>>();
        int blockRows = PackedRows<T>.BlockRows;

        for (int ahead = 0; ahead <= MostAhead; ahead++)
        {
            for (int blocks = 0; blocks <= MostBlocks; blocks++)
            {
                T[] rows = Numbers<T>(ahead + (blocks * blockRows * features));
                int[] labels = [.. Enumerable.Range(0, ahead + (blocks * blockRows)).Select(static i => FirstLabel + (i * 7 % Classes))];
                T[] packed = Untouched<T>(Margin + (blocks * blockRows * features) + Margin);
                T[] classIndices = Untouched<T>(Margin + (blocks * blockRows) + Margin);

                pack(ref First(rows, ahead), ref First(labels, ahead), ref packed[Margin], ref classIndices[Margin], blocks);

                AssertMiddle(Transposed(rows.AsSpan(ahead), features), packed);
                AssertMiddle([.. labels.Skip(ahead).Select(static label => T.CreateChecked(label - FirstLabel))], classIndices);
            }
        }
    }

    // Without blocks the array ends there.
    private static ref T First<T>(T[] array, int ahead) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), ahead);

    private static void AssertPacksRows<T>(int count, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        T[] rows = Numbers<T>(count * features);
        T[] packed = Untouched<T>((count + blockRows - 1) / blockRows * blockRows * features);

        RowPacker.PackRows<T>(rows, features, packed);

        Assert.Equal(Transposed<T>(rows, features), packed);
    }

    // Lanes that no row fills are NaN, as they were.
    private static T[] Transposed<T>(ReadOnlySpan<T> rows, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        int count = rows.Length / features;
        T[] packed = Untouched<T>((count + blockRows - 1) / blockRows * blockRows * features);
        for (int row = 0; row < count; row++)
        {
            for (int k = 0; k < features; k++)
            {
                packed[(((row / blockRows * features) + k) * blockRows) + (row % blockRows)] = rows[(row * features) + k];
            }
        }

        return packed;
    }

    private static T[] Numbers<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Range(1, count).Select(T.CreateChecked)];

    private static T[] Untouched<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Repeat(T.NaN, count)];

    private static void AssertMiddle<T>(T[] expected, T[] actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected, actual[Margin..^Margin]);
        Assert.All(actual[..Margin], static value => Assert.True(T.IsNaN(value)));
        Assert.All(actual[^Margin..], static value => Assert.True(T.IsNaN(value)));
    }
}
