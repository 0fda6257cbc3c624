using System.Globalization;
using System.Reflection;

namespace SoftmaxGen.Tests.PublicApi;

/// <summary>Writes types and constants as C# does, with full names.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] =
            "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] =
            "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(char)] = "char", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(nint)] =
            "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>Writes a type.</summary>
    public static string Write(Type type) => type switch
    {
        _ when _keywords.TryGetValue(type, out string? keyword) => keyword,
        { IsByRef: true } or { IsPointer: true } => Write(type.GetElementType()!) + (type.IsPointer ? "*" : ""),
        { IsArray: true } => $"{Write(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsGenericParameter: true } => type.Name,
        _ when Nullable.GetUnderlyingType(type) is { } value => Write(value) + "?",
        _ => $"{type.Namespace}.{NestedName(type)}",
    };

    /// <summary>Writes a type with what is known of its nullability.</summary>
    public static string Write(NullabilityInfo info)
    {
        Type type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        // Of a type parameter the runtime cannot tell whether it is marked or only might be null.
        string mark = !type.IsValueType && !type.IsGenericParameter && info.ReadState == NullabilityState.Nullable ? "?" : "";
        if (info.ElementType is { } element)
        {
            return $"{Write(element)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        bool isPlainGeneric = type is { IsGenericType: true, IsNested: false } && Nullable.GetUnderlyingType(type) is null;
        return isPlainGeneric && info.GenericTypeArguments.Length > 0
            ? $"{type.Namespace}.{SimpleName(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Write))}>{mark}"
            : Write(type) + mark;
    }

    /// <summary>Writes the name of a type without its namespace, the types around it included.</summary>
    public static string NestedName(Type type)
    {
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        Type[] own = type.GetGenericArguments()[outer..];
        string arguments = own.Length > 0 ? $"<{string.Join(", ", own.Select(Write))}>" : "";
        return $"{(type.DeclaringType is { } parent ? NestedName(parent) + "." : "")}{SimpleName(type)}{arguments}";
    }

    /// <summary>Writes the name of a type alone.</summary>
    public static string SimpleName(Type type) => type.Name.Split('`')[0];

    /// <summary>Writes what type parameters must satisfy.</summary>
    public static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Where(static parameter => parameter.IsGenericParameter).Select(Constraint));

    /// <summary>Writes a constant.</summary>
    public static string Literal(object? value, Type? type = null) => value switch
    {
        null when type is { IsValueType: true } && Nullable.GetUnderlyingType(type) is null => "default",
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraint(Type parameter)
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        bool isUnmanaged = parameter.CustomAttributes.Any(static attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute");
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> parts = [];
        if (isUnmanaged || isStruct)
        {
            parts.Add(isUnmanaged ? "unmanaged" : "struct");
        }

        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        parts.AddRange(parameter.GetGenericParameterConstraints().Where(static constraint => constraint != typeof(ValueType)).Select(Write));
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            parts.Add("new()");
        }

        return parts.Count > 0 ? $" where {parameter.Name} : {string.Join(", ", parts)}" : "";
    }
}
