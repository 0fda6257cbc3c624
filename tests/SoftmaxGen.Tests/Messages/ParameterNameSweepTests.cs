using System.ComponentModel;
using System.Reflection;
using SoftmaxGen.Onnx;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Memory;

namespace SoftmaxGen.Tests.Messages;

/// <summary>
/// Every public member is called with arguments of every kind, one wrong at a time and many at once. An exception about an argument names a parameter of the
/// member that was called, or a property of what was passed to it; nothing else is thrown than what is meant for callers.
/// </summary>
public sealed class ParameterNameSweepTests
{
    private const int RandomCalls = 40;

    // Callers know the properties of these, which they set.
    private static readonly Type[] _settings = [typeof(TrainingOptions), typeof(OnlineOptions)];

    [Fact]
    public void A_model_of_three_classes_and_rows_that_are_values() =>
        Sweep<FlowerModel, Species, Flower>(static (x, species) => new Flower(x[0], x[1], x[2], x[3], (Species)species));

    [Fact]
    public void A_model_of_two_classes_that_lists_its_labels_and_rows_that_are_objects() =>
        Sweep<PartModel, Verdict, Part>(static (x, _) => new Part { Width = x[0], Height = x[1], IsPolished = x[2] > 1 });

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_model_that_lets_missing_values_through() =>
        Sweep<PropagatingPartModel, Verdict, Part>(static (x, _) => new Part { Width = x[0], Height = x[1], IsPolished = x[2] > 1 });

    /// <summary>Lists the public members that take arguments.</summary>
    /// <param name="memory">Where spans are to lie; null for arrays.</param>
    internal static IEnumerable<PublicCall> Calls<TModel, TLabel, TRow>(GuardedMemory? memory = null)
        where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
        where TLabel : unmanaged, Enum
    {
        IEnumerable<Type> types = typeof(SoftmaxTrainer).Assembly.GetExportedTypes().Concat(typeof(OnnxExport).Assembly.GetExportedTypes())
            .Where(
                static type => type is { IsInterface: false, IsEnum: false, IsByRefLike: false } && type.GetCustomAttribute<EditorBrowsableAttribute>() is null)
            .Where(static type => !type.IsAssignableTo(typeof(Delegate)) && !type.IsAssignableTo(typeof(Attribute)))
            .Select(static type => type.IsGenericTypeDefinition
                ? type.MakeGenericType([.. type.GetGenericArguments().Select(ArgumentPool<TModel, TLabel, TRow>.Close)])
                : type)
            .Append(typeof(TModel));
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (Type type in types)
        {
            foreach (MethodInfo method in type.GetMethods(Declared).Where(static method => IsCalled(method)))
            {
                MethodInfo closed = method.IsGenericMethodDefinition
                    ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(ArgumentPool<TModel, TLabel, TRow>.Close)])
                    : method;
                yield return PublicCall.Of(type, closed, memory);
            }

            foreach (ConstructorInfo constructor in type.GetConstructors().Where(static one => one.GetParameters().Length > 0 && !IsRecordOf(one)))
            {
                yield return PublicCall.Of(type, constructor, memory);
            }
        }
    }

    private static void Sweep<TModel, TLabel, TRow>(Func<double[], int, TRow> toRow)
        where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
        where TLabel : unmanaged, Enum
    {
        using var pool = new ArgumentPool<TModel, TLabel, TRow>(toRow);
        var random = new Random(7);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        int refused = 0;
        foreach (PublicCall call in Calls<TModel, TLabel, TRow>())
        {
            // The same call with everything right, with one argument wrong, and with any.
            object?[] right = [.. call.Parameters.Select(pool.Right)];
            var lists = new List<object?[]> { right };
            for (int i = 0; i < right.Length; i++)
            {
                lists.AddRange(pool.Candidates(call.Parameters[i]).Select(candidate => (object?[])[.. right[..i], candidate, .. right[(i + 1)..]]));
            }

            int randomCalls = call.Parameters.Length > 1 ? RandomCalls : 0;
            lists.AddRange(Enumerable.Range(0, randomCalls).Select(_ => (object?[])[.. call.Parameters.Select(one => pool.Any(one, random))]));
            foreach (object?[] arguments in lists)
            {
                object? receiver = call.Member.IsStatic || call.Member is ConstructorInfo ? null : pool.Receiver(call.Receiver);
                Exception? thrown = call.Invoke(receiver, arguments);
                (receiver as IDisposable)?.Dispose();
                refused += thrown is null ? 0 : 1;
                if (thrown is not null && !IsForCallers(thrown, call))
                {
                    wrong.Add($"{call}: {thrown.GetType().Name}, {(thrown as ArgumentException)?.ParamName ?? "no name"}: {thrown.Message.Split('\n')[0]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(refused > 1000, $"{refused} calls were refused.");
    }

    private static bool IsForCallers(Exception thrown, PublicCall call) => thrown switch
    {
        ArgumentException { ParamName: not null } argument =>
            call.Parameters.Any(parameter => parameter.Name == argument.ParamName || IsSetting(parameter.ParameterType, argument.ParamName)),

        // The framework's own streams name no argument; nor does what is said of all rows together.
        ArgumentException argument => argument.Message.StartsWith("Stream is not writable", StringComparison.Ordinal)
            || argument.Message.StartsWith("Feature ", StringComparison.Ordinal) || argument.Message.StartsWith("A weight ", StringComparison.Ordinal),
        ModelFormatException or InvalidOperationException or NotSupportedException or IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    private static bool IsSetting(Type type, string name) => _settings.Contains(type) && type.GetProperty(name) is not null;

    // What records are given by the compiler takes anything; kernels are for generated code.
    private static bool IsCalled(MethodInfo method) =>
        method.GetParameters().Length > 0
        && !method.IsSpecialName
        && method.Name is not ("Equals" or "Deconstruct" or "PrintMembers")
        && method.GetCustomAttribute<EditorBrowsableAttribute>() is null
        && !method.GetParameters().Any(static parameter => IsRefStruct(parameter.ParameterType));

    private static bool IsRecordOf(ConstructorInfo constructor) =>
        constructor.DeclaringType!.GetMethod("Deconstruct") is not null
        || constructor.GetParameters().Any(static parameter => IsRefStruct(parameter.ParameterType));

    private static bool IsRefStruct(Type type) => type.IsByRefLike && !type.Name.Contains("Span", StringComparison.Ordinal);
}
