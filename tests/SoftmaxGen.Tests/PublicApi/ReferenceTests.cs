using System.Reflection;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Onnx;

namespace SoftmaxGen.Tests.PublicApi;

/// <summary>
/// Safe code can hand over a reference to one number, or any offset from it, to whatever takes one; a member that then reads or writes beside that number would
/// end the process, or worse. Whatever generated code can call, anybody can: so no public member takes a reference to numbers or an offset, or gives one, but
/// for those listed here.
/// </summary>
public class ReferenceTests
{
    private static readonly Dictionary<Type, string> _exceptions = new()
    {
        [typeof(CacheLine)] = "A cache line is asked for, wherever the reference points, and never read: the processor ignores what is no memory.",
        [typeof(ITileKernels<,>)] = "The library calls its members, on what generated code has implemented, with memory of the sizes that it has checked.",
        [typeof(IPredictionKernels<>)] = "The library calls its members, on what generated code has implemented, with memory of the sizes that it has checked.",
    };

    public static TheoryData<Type> Libraries => [typeof(SoftmaxModelAttribute), typeof(OnnxExport)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_public_member_takes_or_gives_a_reference_to_numbers(Type member) =>
        Assert.Empty(member.Assembly.GetExportedTypes().Where(static type => !_exceptions.ContainsKey(type)).SelectMany(Offending));

    [Fact]
    public void What_is_listed_as_an_exception_is_one() => Assert.All(_exceptions.Keys, static type => Assert.NotEmpty(Offending(type)));

    // The constructor of a delegate, which the compiler calls, takes an address.
    private static IEnumerable<string> Offending(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .OfType<MethodBase>()
        .Where(method => !(method.IsConstructor && type.IsAssignableTo(typeof(Delegate))))
        .Where(static method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        .Where(static method => method.GetParameters().Any(IsOffending) || (method is MethodInfo { ReturnParameter: var result } && IsOffending(result)))
        .Select(method => $"{type}.{method}");

    // What a member returns by out is one value, in a variable of the caller's.
    private static bool IsOffending(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return type.IsPointer || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint)
            || (type.IsByRef && !parameter.IsOut && IsNumeric(type.GetElementType()!));
    }

    private static bool IsNumeric(Type type) =>
        type.IsPrimitive || type.IsPointer
        || (type.IsGenericParameter && (type.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0)
        || type.FullName?.StartsWith("System.Runtime.Intrinsics.Vector", StringComparison.Ordinal) == true;
}
