using System.Numerics;
using System.Reflection;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Messages;

namespace SoftmaxGen.Tests.Memory;

/// <summary>
/// No member of a model touches memory beyond the spans it is given, at either end, nor writes to those it is to read: a call that does ends the process. The
/// environment variable <c>SOFTMAXGEN_GUARD_ROWS</c> makes the long run try all numbers of rows up to it.
/// </summary>
public sealed class GuardPageTests
{
    // Around the ends of blocks, of groups of blocks, and of tiles.
    private static readonly int[] _fewCounts = [1, 9, 65];
    private static readonly int[] _counts = LongSetting.Of("SOFTMAXGEN_GUARD_ROWS", 0) is int most and > 0
        ? [.. Enumerable.Range(1, most)]
        : [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 129, 257];

    // A product of the Hessian costs as many operations.
    private const long MostProducts = 5_000_000;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    public static TheoryData<string> FewShapes =>
    [
        nameof(Double2x1), nameof(Double2x30), nameof(Double3x4), nameof(Double7x17), nameof(Double10x16), nameof(Double26x9), nameof(Single2x1),
        nameof(Single4x8), nameof(Single10x16),
    ];

    [LinuxTheory]
    [MemberData(nameof(FewShapes))]
    public void Few_calls_keep_to_their_memory(string name) => Check(name, _fewCounts);

    [LinuxTheory]
    [MemberData(nameof(Shapes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Calls_keep_to_their_memory(string name) => Check(name, _counts);

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Every_public_member_keeps_to_its_memory(bool endsAtGuard)
    {
        CallAll<FlowerModel, Species, Flower>(endsAtGuard, static (x, species) => new Flower(x[0], x[1], x[2], x[3], (Species)species));
        CallAll<PartModel, Verdict, Part>(endsAtGuard, static (x, _) => new Part { Width = x[0], Height = x[1], IsPolished = x[2] > 1 });
    }

    // Whatever is thrown: tests of messages look at that.
    private static void CallAll<TModel, TLabel, TRow>(bool endsAtGuard, Func<double[], int, TRow> toRow)
        where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
        where TLabel : unmanaged, Enum
    {
        using var memory = new GuardedMemory { EndsAtGuard = endsAtGuard };
        using var pool = new ArgumentPool<TModel, TLabel, TRow>(toRow);
        foreach (PublicCall call in ParameterNameSweepTests.Calls<TModel, TLabel, TRow>(memory))
        {
            object?[] right = [.. call.Parameters.Select(pool.Right)];
            for (int i = 0; i < right.Length; i++)
            {
                foreach (object? candidate in pool.Candidates(call.Parameters[i]))
                {
                    object? receiver = call.Member.IsStatic || call.Member is ConstructorInfo ? null : pool.Receiver(call.Receiver);
                    call.Invoke(receiver, [.. right[..i], candidate, .. right[(i + 1)..]]);
                    (receiver as IDisposable)?.Dispose();
                    memory.Release();
                }
            }
        }
    }

    private static void Check(string name, int[] counts)
    {
        Type model = typeof(Double3x4).Assembly.GetType($"{typeof(Double3x4).Namespace}.{name}", throwOnError: true)!;
        Type scalar = ShapeCase.Of(name).IsSingle ? typeof(float) : typeof(double);
        MethodInfo check = typeof(GuardPageTests).GetMethod(nameof(CheckModel), BindingFlags.Static | BindingFlags.NonPublic)!;
        check.MakeGenericMethod(model, scalar).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [counts], null);
    }

    private static void CheckModel<TModel, T>(int[] counts)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        using var memory = new GuardedMemory();
        foreach (int count in counts.Where(count => (long)count * shape.ParameterCount <= MostProducts))
        {
            var random = new Random(count);

            // Some rows are far, which the kernels leave to others.
            T[] rows = [.. Enumerable.Range(0, count * shape.Features).Select(i => T.CreateChecked((random.NextDouble() - 0.5) * (i % 401 == 7 ? 1e6 : 1)))];
            T[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => T.CreateChecked(random.NextDouble() - 0.5))];
            int[] labels = [.. Enumerable.Range(0, count).Select(i => shape.FirstLabel + (i * 7 % shape.Classes))];
            T[] rowWeights = [.. Enumerable.Range(0, count).Select(i => T.CreateChecked(1 + (i % 3)))];
            foreach (bool endsAtGuard in new[] { false, true })
            {
                memory.EndsAtGuard = endsAtGuard;
                Train<TModel, T>(memory, weights, rows, labels, rowWeights);
                Sum<TModel, T>(memory, weights, count, isWeighted: false);
                Sum<TModel, T>(memory, weights, count, isWeighted: true);
                Predict<TModel, T>(memory, weights, rows, count);
                memory.Release();
            }
        }
    }

    private static void Train<TModel, T>(GuardedMemory memory, T[] weights, T[] rows, int[] labels, T[] rowWeights)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int parameters = weights.Length;
        ReadOnlySpan<double> wide = memory.ReadOnly<double>(Array.ConvertAll(weights, double.CreateChecked));
        TModel.LossAndGradient(memory.ReadOnly<T>(weights), memory.ReadOnly<T>(rows), memory.ReadOnly<int>(labels), memory.Writable<T>(parameters));
        foreach (T[] some in new[] { [], rowWeights })
        {
            using TrainingSet<TModel, T> set =
                TModel.CreateTrainingSet(memory.ReadOnly<T>(rows), memory.ReadOnly<int>(labels), memory.ReadOnly<T>(some));
            set.LossAndGradient(wide, memory.Writable<double>(parameters));
            set.HessianProduct(wide, wide, memory.Writable<double>(parameters));
            if (TModel.Shape.HasHessian)
            {
                set.Hessian(wide, memory.Writable<double>(parameters * parameters));
            }
        }
    }

    // The members that a training set hands its packed rows to.
    private static void Sum<TModel, T>(GuardedMemory memory, T[] weights, int count, bool isWeighted)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        int padded = (count + PackedRows<T>.GroupRows - 1) / PackedRows<T>.GroupRows * PackedRows<T>.GroupRows;
        T[] features = [.. Enumerable.Range(0, padded * shape.Features).Select(i => T.CreateChecked((i % 19) - 9))];
        T[] classes = [.. Enumerable.Range(0, padded).Select(i => T.CreateChecked(i < count ? i % shape.Classes : 0))];
        T[] rowWeights = isWeighted ? [.. Enumerable.Range(0, padded).Select(i => T.CreateChecked(i < count ? 1 + (i % 2) : 0))] : [];
        PackedRows<T> rows = PackedRows<T>.Create(
            count, shape.Features, memory.ReadOnly<T>(features), memory.ReadOnly<T>(classes), memory.ReadOnly<T>(rowWeights));
        ReadOnlySpan<double> wide = memory.ReadOnly<double>(Array.ConvertAll(weights, double.CreateChecked));
        TModel.AccumulateLossAndGradient(wide, rows, memory.Writable<double>(weights.Length));
        TModel.AccumulateHessianProduct(wide, wide, rows, memory.Writable<double>(weights.Length));
    }

    private static void Predict<TModel, T>(GuardedMemory memory, T[] weights, T[] rows, int count)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        TModel model = TModel.FromWeights(memory.ReadOnly<T>(weights));
        model.PredictBatch(memory.ReadOnly<T>(rows), memory.Writable<int>(count));
        model.PredictProbabilitiesBatch(memory.ReadOnly<T>(rows), memory.Writable<T>(count * shape.Classes));
        ReadOnlySpan<T> row = memory.ReadOnly<T>(rows.AsSpan(0, shape.Features));
        model.Predict(row);
        model.PredictScores(row, memory.Writable<T>(shape.Classes));
        model.PredictProbabilities(row, memory.Writable<T>(shape.Classes));
    }
}
