using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using SoftmaxGen.Tests.Memory;

namespace SoftmaxGen.Tests.Messages;

/// <summary>
/// A call of a public method or constructor by reflection. Arguments are arrays where the member takes spans: a compiled expression converts them, which
/// <see cref="MethodBase.Invoke(object?, object?[])"/> cannot.
/// </summary>
internal sealed class PublicCall
{
    private readonly Action<object?, object?[]> _call;

    private PublicCall(Type receiver, MethodBase member, Action<object?, object?[]> call)
    {
        Receiver = receiver;
        Member = member;
        Parameters = member.GetParameters();
        _call = call;
    }

    /// <summary>Gets the type whose member is called.</summary>
    public Type Receiver { get; }

    public MethodBase Member { get; }

    public ParameterInfo[] Parameters { get; }

    /// <summary>Gets the type of what stands for an argument: an array for a span, the type itself for a reference to it.</summary>
    public static Type ArgumentType(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return IsSpan(type) ? type.GetGenericArguments()[0].MakeArrayType() : type;
    }

    /// <summary>Prepares a call.</summary>
    /// <param name="receiver">The type whose member is called.</param>
    /// <param name="member">The member.</param>
    /// <param name="memory">Where spans are to lie; null for the arrays themselves.</param>
    public static PublicCall Of(Type receiver, MethodBase member, GuardedMemory? memory = null)
    {
        ParameterExpression instance = Expression.Parameter(typeof(object));
        ParameterExpression arguments = Expression.Parameter(typeof(object[]));
        var locals = new List<ParameterExpression>();
        Expression[] passed =
        [
            .. member.GetParameters().Select((parameter, i) => Pass(parameter, Expression.ArrayIndex(arguments, Expression.Constant(i)), locals, memory)),
        ];
        Expression call = member switch
        {
            ConstructorInfo constructor => Expression.New(constructor, passed),
            MethodInfo { IsStatic: true } method => Expression.Call(method, passed),
            _ => Expression.Call(Expression.Convert(instance, receiver), (MethodInfo)member, passed),
        };
        Expression done = call.Type == typeof(Task) ? Expression.Call(Expression.Call(call, "GetAwaiter", null), "GetResult", null) : call;
        Expression body = Expression.Block(typeof(void), locals, done);
        return new PublicCall(receiver, member, Expression.Lambda<Action<object?, object?[]>>(body, instance, arguments).Compile(preferInterpretation: false));
    }

    /// <summary>Calls the member.</summary>
    /// <param name="instance">The object whose member it is; null for a static one.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What was thrown; null for nothing.</returns>
    public Exception? Invoke(object? instance, object?[] arguments) => Record.Exception(() => _call(instance, arguments));

    public override string ToString() => $"{Receiver.Name}.{Member.Name}({string.Join(", ", Parameters.Select(parameter => parameter.Name))})";

    private static Expression Pass(ParameterInfo parameter, Expression argument, List<ParameterExpression> locals, GuardedMemory? memory)
    {
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        if (parameter.ParameterType.IsByRef)
        {
            ParameterExpression local = Expression.Variable(type);
            locals.Add(local);
            return parameter.IsOut ? local : Expression.Block(Expression.Assign(local, Expression.Convert(argument, type)), local);
        }

        if (!IsSpan(type))
        {
            return Expression.Convert(argument, type);
        }

        Type item = type.GetGenericArguments()[0];
        Type array = item.MakeArrayType();
        if (memory is not null && IsUnmanaged(item))
        {
            bool isReadOnly = type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>);
            string copy = isReadOnly ? nameof(GuardedMemory.ReadOnlyCopy) : nameof(GuardedMemory.WritableCopy);
            return Expression.Call(Expression.Constant(memory), copy, [item], Expression.Convert(argument, array));
        }

        MethodInfo conversion = type.GetMethod("op_Implicit", [array])!;
        return Expression.Call(conversion, Expression.Convert(argument, array));
    }

    private static bool IsUnmanaged(Type type) =>
        !(bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static bool IsSpan(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>) || type.GetGenericTypeDefinition() == typeof(Span<>));
}
