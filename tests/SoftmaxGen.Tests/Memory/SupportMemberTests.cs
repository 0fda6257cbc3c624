using System.ComponentModel;
using System.Reflection;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Messages;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Memory;

/// <summary>
/// Members that are meant for generated code keep to the memory that they are given, whatever the arguments: they answer, or say that something is wrong, and
/// do not end the process. Anybody can call them. The environment variable <c>SOFTMAXGEN_SUPPORT_CALLS</c> sets how often each is called.
/// </summary>
public sealed class SupportMemberTests
{
    private const string CallsVariable = "SOFTMAXGEN_SUPPORT_CALLS";

    private static readonly int[] _extremes = [0, -1, -8, 1_000, int.MinValue, int.MaxValue];

    private static readonly double[] _numbers = [0, 1, -1, 2.5, 700, -1e300, double.NaN, double.PositiveInfinity];

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_keep_to_their_memory(bool endsAtGuard) => CallAll(typeof(Double3x4), typeof(double), endsAtGuard, LongSetting.Of(CallsVariable, 40));

    [LinuxTheory]
    [InlineData(typeof(Double3x4), typeof(double), true)]
    [InlineData(typeof(Double3x4), typeof(double), false)]
    [InlineData(typeof(Double2x30), typeof(double), true)]
    [InlineData(typeof(Single10x16), typeof(float), true)]
    [InlineData(typeof(Single10x16), typeof(float), false)]
    [InlineData(typeof(Single2x1), typeof(float), true)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void They_keep_to_their_memory_however_often_they_are_called(Type model, Type scalar, bool endsAtGuard) =>
        CallAll(model, scalar, endsAtGuard, LongSetting.Of(CallsVariable, 200));

    // What lies behind an array is no guarded page, and would be taken for weights in silence.
    [Theory]
    [InlineData(typeof(Double3x4), -1)]
    [InlineData(typeof(Double3x4), 1)]
    [InlineData(typeof(Double2x30), -1)]
    public void Columns_of_another_length_are_refused(Type model, int more)
    {
        var shape = (ModelShape)model.GetProperty("Shape")!.GetValue(null)!;
        object instance = model.GetMethod("FromWeights", [typeof(ReadOnlySpan<double>)])!.CreateDelegate<FromWeights>()(new double[shape.ParameterCount]);
        var columns = (double[])model.GetMethod("__SoftmaxMakeColumns", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(instance, null)!;
        Type tiles = typeof(PredictionTiles<,,,>).MakeGenericType(
            GeneratedKernels.Of(model), model.GetNestedType("__SoftmaxModelLabels", BindingFlags.NonPublic)!, typeof(int), typeof(double));
        foreach ((string name, object results) in new (string, object)[] { ("Labels", new int[9]), ("Probabilities", new double[9 * shape.Classes]) })
        {
            PublicCall call = PublicCall.Of(tiles, tiles.GetMethod(name)!);
            object?[] Arguments(double[] array) => [new double[9 * shape.Features], results, new double[shape.ParameterCount], array, 0];

            Assert.Null(call.Invoke(null, Arguments(columns)));
            Assert.Equal("columns", Assert.IsType<ArgumentException>(call.Invoke(null, Arguments(new double[columns.Length + more]))).ParamName);
        }
    }

    private delegate object FromWeights(ReadOnlySpan<double> weights);

    private static void CallAll(Type model, Type scalar, bool endsAtGuard, int calls)
    {
        var random = new Random(endsAtGuard ? 1 : 2);
        using var memory = new GuardedMemory { EndsAtGuard = endsAtGuard };
        var shape = (ModelShape)model.GetProperty("Shape")!.GetValue(null)!;
        int answered = 0;
        foreach (PublicCall call in Calls(model, scalar, memory))
        {
            for (int i = 0; i < calls; i++)
            {
                var sizes = new Sizes(shape, random);
                Exception? thrown = call.Invoke(null, [.. call.Parameters.Select(parameter => Argument(PublicCall.ArgumentType(parameter), sizes, random))]);
                memory.Release();
                answered += thrown is null ? 1 : 0;
                Assert.True(IsRefusal(thrown), $"{call}: {thrown}");
            }
        }

        Assert.True(answered > 20 * calls, $"{answered} calls ended with an answer.");
    }

    private static IEnumerable<PublicCall> Calls(Type model, Type scalar, GuardedMemory memory) =>
        from type in typeof(Guard).Assembly.GetExportedTypes()
        where type is { IsAbstract: true, IsSealed: true } && type.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never

        // Training reaches kernels by way of the training set and of its builder, whose members are called here.
        where type != typeof(RowTraining)
        let closed = type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(one => Close(one, type, model, scalar))]) : type
        from method in closed.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetParameters().Length > 0 && !method.GetParameters().Any(static parameter => IsRefStruct(parameter.ParameterType))
        select PublicCall.Of(
            closed,
            method.IsGenericMethodDefinition
                ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(one => Close(one, type, model, scalar))])
                : method,
            memory);

    private static Type Close(Type parameter, Type type, Type model, Type scalar) => parameter.Name switch
    {
        "T" => scalar,
        "TPlan" => GeneratedKernels.Of(model),
        "TKernels" => GeneratedKernels.Of(model, type == typeof(PredictionTiles<,,,>) ? 0 : Math.Max(128, VectorWidth.InForce)),
        "TLabels" => model.GetNestedType("__SoftmaxModelLabels", BindingFlags.NonPublic)!,
        "TLabel" => type == typeof(EnumLabels) ? typeof(DayOfWeek) : typeof(int),
        "TNumber" => typeof(int),
        "TValue" => typeof(double),
        _ => throw new NotSupportedException($"Nothing stands for {parameter} of {type}."),
    };

    private static object? Argument(Type type, Sizes sizes, Random random) =>
        type == typeof(int) ? sizes.Integer()
        : type == typeof(long) ? (long)sizes.Integer()
        : type == typeof(double) ? Number(random)
        : type == typeof(float) ? (float)Number(random)
        : type == typeof(string) ? "rows"
        : type == typeof(object) ? "row"
        : type == typeof(ModelShape) ? sizes.Shape
        : type == typeof(double[]) ? Array.ConvertAll(new double[sizes.Length()], _ => Number(random))
        : type == typeof(float[]) ? Array.ConvertAll(new float[sizes.Length()], _ => (float)Number(random))
        : type == typeof(int[]) ? Array.ConvertAll(new int[sizes.Length()], _ => random.Next(8) == 0 ? sizes.Integer() : random.Next(sizes.Shape.Classes))
        : type == typeof(char[]) ? new char[sizes.Length()]
        : type == typeof(string[]) ? Array.ConvertAll(new string[sizes.Length()], static _ => "1")
        : type == typeof(DayOfWeek[]) ? Array.ConvertAll(new DayOfWeek[sizes.Length()], _ => (DayOfWeek)random.Next(9))
        : type == typeof(FeatureMoments) ? null
        : type.IsValueType ? Activator.CreateInstance(type)
        : throw new NotSupportedException($"There is no {type}.");

    private static double Number(Random random) => random.Next(50) == 0 ? _numbers[random.Next(_numbers.Length)] : random.NextDouble() - 0.5;

    // What the runtime throws where a span or an array ends is a refusal, too.
    private static bool IsRefusal(Exception? thrown) => thrown is null or ArgumentException or IndexOutOfRangeException or ArithmeticException
        or NotSupportedException or InvalidOperationException or OutOfMemoryException;

    private static bool IsRefStruct(Type type) => type.IsByRefLike && !type.Name.Contains("Span", StringComparison.Ordinal);

    // The sizes of one call: those that fit together, most of the time.
    private sealed class Sizes(ModelShape shape, Random random)
    {
        private readonly int _rows = random.Next(4) == 0 ? random.Next(70) : 1 << random.Next(7);

        public ModelShape Shape => shape;

        public int Integer() => random.Next(6) switch
        {
            0 => shape.Classes,
            1 => shape.Features,
            2 => shape.Features + 1,
            3 => _rows,
            4 => random.Next(20),
            _ => _extremes[random.Next(_extremes.Length)],
        };

        public int Length()
        {
            int length = random.Next(10) switch
            {
                0 => shape.ParameterCount,
                1 => shape.Classes,
                2 => shape.Features,
                3 => _rows,
                4 => _rows * shape.Classes,
                5 => _rows * (shape.Classes + 2),
                6 => 8 * shape.Features,
                7 => 16 * shape.Features,
                _ => _rows * shape.Features,
            };
            return Math.Max(0, length + (random.Next(5) == 0 ? random.Next(-2, 3) : 0));
        }
    }
}
