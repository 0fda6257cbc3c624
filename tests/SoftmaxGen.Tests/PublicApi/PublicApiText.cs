using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace SoftmaxGen.Tests.PublicApi;

/// <summary>Lists what an assembly offers to other assemblies: a line for each type, and one for each of its members, sorted.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Writes the listing.</summary>
    public static string Write(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(HiddenMark(type)).Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string HiddenMark(MemberInfo member) =>
        member.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never ? "[hidden in the editor] " : "";

    private static string Header(Type type)
    {
        string name = $"{type.Namespace}.{TypeText.NestedName(type)}";
        if (type.IsEnum)
        {
            return $"public enum {name} : {TypeText.Write(type.GetEnumUnderlyingType())}";
        }

        IEnumerable<string> bases = (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? new[] { parent } : [])
            .Concat(DirectInterfaces(type))
            .Select(TypeText.Write);
        string list = string.Join(", ", bases);
        return $"public {Kind(type)} {name}{(list.Length > 0 ? $" : {list}" : "")}{TypeText.Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsValueType: true } => $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    // Neither those of the base class nor those that another interface brings.
    private static IEnumerable<Type> DirectInterfaces(Type type)
    {
        Type[] all = type.GetInterfaces();
        return all
            .Except(all.SelectMany(static implemented => implemented.GetInterfaces()))
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .OrderBy(static implemented => implemented.FullName ?? implemented.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {field.GetRawConstantValue()}"))
        : type.GetMembers(Declared)
            .Where(static member => !member.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(member => Member(type, member))
            .OfType<string>();

    private static string? Member(Type type, MemberInfo member) => member switch
    {
        FieldInfo field when IsOffered(field) => HiddenMark(field) + Field(field),
        ConstructorInfo { IsStatic: false } constructor when IsOffered(constructor) =>
            $"{HiddenMark(member)}{Access(constructor)}{TypeText.SimpleName(type)}({Parameters(constructor)})",
        PropertyInfo property when Accessor(property) is { } accessor => HiddenMark(property) + Property(property, accessor),
        EventInfo { AddMethod: { } add } offered when IsOffered(add) =>
            $"{HiddenMark(member)}{Modifiers(add)}event {TypeText.Write(new NullabilityInfoContext().Create(offered))} {offered.Name}",
        MethodInfo method when IsOffered(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            HiddenMark(method) + Method(method),
        _ => null,
    };

    private static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOffered(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static MethodInfo? Accessor(PropertyInfo property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().FirstOrDefault(IsOffered);

    private static string Field(FieldInfo field)
    {
        string access = field.IsPublic ? "public " : "protected ";
        string type = TypeText.Write(new NullabilityInfoContext().Create(field));
        return field.IsLiteral
            ? $"{access}const {type} {field.Name} = {TypeText.Literal(field.GetRawConstantValue())}"
            : $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Property(PropertyInfo property, MethodInfo accessor)
    {
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string get = property.GetMethod is { } getter && IsOffered(getter) ? "get; " : "";
        string set = property.SetMethod is { } setter && IsOffered(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        string index = property.GetIndexParameters().Length > 0 ? $"[{string.Join(", ", property.GetIndexParameters().Select(Parameter))}]" : "";
        return $"{Modifiers(accessor)}{required}{TypeText.Write(new NullabilityInfoContext().Create(property))} {property.Name}{index} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        string parameters = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static parameter => parameter.Name))}>" : "";
        string constraints = method.IsGenericMethod ? TypeText.Constraints(method.GetGenericArguments()) : "";
        return $"{Modifiers(method)}{TypeText.Write(new NullabilityInfoContext().Create(method.ReturnParameter))} {method.Name}{parameters}({Parameters(method)}){constraints}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public " : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        bool isOverride = method.GetBaseDefinition() != method;
        string kind = method switch
        {
            { IsStatic: true, IsAbstract: true } => "static abstract ",
            { IsStatic: true, IsVirtual: true } => "static virtual ",
            { IsStatic: true } => "static ",
            _ when isOverride => method.IsFinal ? "sealed override " : "override ",
            { IsAbstract: true } => method.DeclaringType!.IsInterface ? "" : "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return Access(method) + kind;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string passing = parameter switch
        {
            { IsOut: true } => "out ",
            _ when parameter.IsDefined(typeof(RequiresLocationAttribute)) => "ref readonly ",
            { IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string value = parameter.HasDefaultValue ? $" = {TypeText.Literal(parameter.DefaultValue, parameter.ParameterType)}" : "";
        return $"{passing}{TypeText.Write(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }
}
