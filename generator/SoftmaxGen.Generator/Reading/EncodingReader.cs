using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Specs.Encodings;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads how a member of a row becomes columns, from its type and its attributes.</summary>
/// <param name="type">The type of the member.</param>
/// <param name="typeName">Its name, for messages.</param>
/// <param name="attributes">The attributes that speak of the member.</param>
internal sealed class EncodingReader(ITypeSymbol type, string typeName, AttributeData[] attributes)
{
    private const string Offer = "offer a number instead";

    private readonly AttributeData? _feature = MemberAttributes.Feature(attributes);

    // The type of the value where there is one.
    private readonly ITypeSymbol _value = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? nullable.TypeArguments[0]
        : type;

    private bool IgnoresUnknown => Argument("Unknown") is { Value: 1 };

    private bool CountsNaN => Argument("Missing") is { Value: 1 };

    private MissingTest Missing => new(
        IsNullableValue: !SymbolEqualityComparer.Default.Equals(_value, type),
        IsReference: type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated },
        IsNaN: CountsNaN);

    /// <summary>Decides whether a type is a number that is no <see cref="bool"/>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether generated code can convert it.</returns>
    public static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_SByte and <= SpecialType.System_Double) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
        || IsHalf(type);

    /// <summary>Reads the encoding.</summary>
    /// <returns>The encoding, or why there is none.</returns>
    public DeclaredEncoding Read()
    {
        AttributeData[] encodings = [.. MemberAttributes.Encodings(attributes)];
        DeclaredEncoding read = encodings.Length switch
        {
            0 => ReadType(),
            1 => ReadAttribute(encodings[0]),
            _ => Mistaken($"it has both [{Name(encodings[0])}] and [{Name(encodings[1])}]"),
        };
        return read.Encoding is null ? read : Misused(read.Encoding) is { } mistake ? Mistaken(mistake) : new DeclaredEncoding(MayBeMissing(read.Encoding));
    }

    private static bool IsHalf(ITypeSymbol type) => IsOfSystem(type, "Half");

    private static bool IsOfSystem(ITypeSymbol type, string name) =>
        type.Name == name && type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static string Name(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");

    private static DeclaredEncoding Mistaken(string mistake) => new(null as Encoding) { Mistake = mistake };

    private static DeclaredEncoding Unfit(string reason) => new(null as Encoding) { Unfit = reason };

    // Of any underlying type.
    private static decimal ToNumber(object? value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsInteger(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;

    private static bool IsFloating(ITypeSymbol type) => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double || IsHalf(type);

    private Encoding MayBeMissing(Encoding encoding) =>
        Missing is { IsNullableValue: false, IsReference: false, IsNaN: false } ? encoding : new OptionalEncoding(encoding, Missing);

    private DeclaredEncoding ReadType() => _value switch
    {
        { SpecialType: SpecialType.System_Boolean } => new DeclaredEncoding(new NumberEncoding(IsBoolean: true)),
        _ when IsNumber(_value) => new DeclaredEncoding(new NumberEncoding(IsBoolean: false)),
        INamedTypeSymbol { TypeKind: TypeKind.Enum } levels => ReadEnum(levels),
        { SpecialType: SpecialType.System_String } => Unfit(
            "is a string; list its levels, [Categories(\"…\", \"…\")], hash it into columns, [Hashed(64)], or mark it [Feature(Ignore = true)]"),
        _ when Advice() is { } advice => Unfit($"is of type '{typeName}'; {advice}, and mark the member itself [Feature(Ignore = true)]"),
        _ when VectorOf() is var (_, element, _) && IsNumber(element) => Unfit(
            $"is of type '{typeName}', a vector; say how long it is, [Columns(16)], or mark it [Feature(Ignore = true)]"),
        _ => Unfit($"is of type '{typeName}', which is neither a number nor categories; mark it [Feature(Ignore = true)], or offer it as one"),
    };

    // The property to write instead.
    private string? Advice() => _value switch
    {
        { SpecialType: SpecialType.System_DateTime } => $"{Offer}, such as 'double Days => ({{0}} - DateTime.UnixEpoch).TotalDays', or its Hour or DayOfWeek",
        _ when IsOfSystem(_value, "DateTimeOffset") =>
            $"{Offer}, such as 'double Days => ({{0}} - DateTimeOffset.UnixEpoch).TotalDays', or its Hour or DayOfWeek",
        _ when IsOfSystem(_value, "DateOnly") => $"{Offer}, such as 'int Days => {{0}}.DayNumber', or its DayOfWeek",
        _ when IsOfSystem(_value, "TimeOnly") => $"{Offer}, such as 'double Hours => {{0}}.ToTimeSpan().TotalHours'",
        _ when IsOfSystem(_value, "TimeSpan") => $"{Offer}, such as 'double Hours => {{0}}.TotalHours'",
        _ when IsOfSystem(_value, "Guid") => "an identifier says nothing of other rows; if it does, offer '[Hashed(64)] string Key => {0}.ToString()'",
        { SpecialType: SpecialType.System_Char } => "offer '[Categories(\"…\", \"…\")] string Text => {0}.ToString()', or '(int){0}' as a number",
        _ => null,
    };

    private DeclaredEncoding ReadAttribute(AttributeData attribute) => Name(attribute) switch
    {
        "Categories" => ReadCategories(attribute),
        "Buckets" => ReadBuckets(attribute),
        "Knots" => ReadKnots(attribute),
        "Hashed" => ReadHashed(attribute),
        _ => ReadVector(attribute),
    };

    private DeclaredEncoding ReadEnum(INamedTypeSymbol levels)
    {
        IFieldSymbol[] fields = [.. levels.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)];
        (string Name, decimal Value)[] members =
        [
            .. fields
                .Select(static field => (GivenName.Find(field.GetAttributes()) ?? field.Name, Value: ToNumber(field.ConstantValue)))
                .GroupBy(static member => member.Value)
                .Select(static alike => alike.First())
                .OrderBy(static member => member.Value),
        ];
        if (members.Length == 0)
        {
            return Unfit($"is of type '{typeName}', an enum without members; mark it [Feature(Ignore = true)]");
        }

        if (levels.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"))
        {
            return ReadFlags(levels, members);
        }

        EquatableArray<string> names = members.Select(static member => member.Name).ToEquatableArray();
        int baseline = -1;
        if (Argument("Baseline") is { } given)
        {
            baseline = given.Kind == TypedConstantKind.Enum && SymbolEqualityComparer.Default.Equals(given.Type, levels)
                ? Array.FindIndex(members, member => member.Value == ToNumber(given.Value))
                : -1;
            if (baseline < 0)
            {
                return Mistaken($"its Baseline is {Shown(given)}, which is no member of '{levels.Name}'");
            }
        }

        EquatableArray<decimal> values = members.Select(static member => member.Value).ToEquatableArray();
        return OfLevels(new EnumEncoding(names, baseline, values, levels.EnumUnderlyingType!.ToDisplayString(), IgnoresUnknown));
    }

    // Sums of flags, and zero, are no flags. The highest bit of a signed type stands for itself and all bits above it, as in a value that is converted.
    private DeclaredEncoding ReadFlags(INamedTypeSymbol levels, (string Name, decimal Value)[] members)
    {
        decimal lowest = Lowest(levels.EnumUnderlyingType!);
        (string Name, ulong Bit)[] flags =
        [
            .. members
                .Where(member => member.Value == lowest || IsPowerOfTwo(member.Value))
                .Select(static member => (member.Name, Bit: member.Value < 0 ? unchecked((ulong)(long)member.Value) : (ulong)member.Value))
                .Where(static member => member.Bit != 0)
                .OrderBy(static member => member.Bit),
        ];
        return (flags.Length, Argument("Baseline")) switch
        {
            (0, _) => Unfit($"is of type '{levels.Name}', which has no flags; mark it [Feature(Ignore = true)]"),
            (_, not null) => Mistaken("it has a Baseline, but flags have none: a row without a flag has 0 for it already"),
            _ => new DeclaredEncoding(new FlagsEncoding(
                flags.Select(static flag => flag.Name).ToEquatableArray(), flags.Select(static flag => flag.Bit).ToEquatableArray(), IgnoresUnknown)),
        };
    }

    private static bool IsPowerOfTwo(decimal value) => value > 0 && ((ulong)value & ((ulong)value - 1)) == 0;

    private static decimal Lowest(ITypeSymbol integer) => integer.SpecialType switch
    {
        SpecialType.System_SByte => sbyte.MinValue,
        SpecialType.System_Int16 => short.MinValue,
        SpecialType.System_Int32 => int.MinValue,
        SpecialType.System_Int64 => long.MinValue,
        _ => 0,
    };

    private DeclaredEncoding ReadCategories(AttributeData attribute)
    {
        if (_value.SpecialType != SpecialType.System_String)
        {
            return Mistaken($"[Categories] is for strings, and it is of type '{typeName}'");
        }

        bool ignoresCase = MemberAttributes.Argument(attribute, "IgnoreCase") is { Value: true };
        StringComparer comparer = ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        string?[] levels = [.. Values(attribute).Select(static level => level.Value as string)];
        if (levels.Length == 0)
        {
            return Mistaken("[Categories] lists no level");
        }

        if (levels.Any(string.IsNullOrWhiteSpace))
        {
            return Mistaken("[Categories] lists a level that is null or blank; a missing value is null in a member declared 'string?'");
        }

        if (levels.GroupBy(static level => level!, comparer).FirstOrDefault(static alike => alike.Count() > 1) is { } twice)
        {
            return Mistaken($"[Categories] lists '{twice.Key}' more than once{(ignoresCase ? ", case ignored" : "")}");
        }

        int baseline = -1;
        if (Argument("Baseline") is { } given)
        {
            baseline = Array.FindIndex(levels, level => given.Value is string text && comparer.Equals(level, text));
            if (baseline < 0)
            {
                return Mistaken($"its Baseline is {Shown(given)}, which is none of its levels");
            }
        }

        return OfLevels(new CategoryEncoding(levels.Select(static level => level!).ToEquatableArray(), baseline, ignoresCase, IgnoresUnknown));
    }

    private DeclaredEncoding ReadBuckets(AttributeData attribute)
    {
        (double[] edges, string? mistake) = ReadAscending(attribute, "edge");
        if (mistake is not null)
        {
            return Mistaken(mistake);
        }

        int baseline = -1;
        if (Argument("Baseline") is { } given)
        {
            if (given.Kind != TypedConstantKind.Primitive || given.Value is string or bool or char or null)
            {
                return Mistaken($"its Baseline is {Shown(given)}; of buckets it is a number in one of the intervals");
            }

            double number = Convert.ToDouble(given.Value, CultureInfo.InvariantCulture);
            if (double.IsNaN(number))
            {
                return Mistaken("its Baseline is NaN, which lies in no interval");
            }

            baseline = edges.Count(edge => number >= edge);
        }

        return OfLevels(new BucketEncoding(edges.ToEquatableArray(), baseline));
    }

    private DeclaredEncoding ReadKnots(AttributeData attribute)
    {
        (double[] knots, string? mistake) = ReadAscending(attribute, "knot");
        return mistake is null ? new DeclaredEncoding(new KnotEncoding(knots.ToEquatableArray())) : Mistaken(mistake);
    }

    private (double[] Numbers, string? Mistake) ReadAscending(AttributeData attribute, string each)
    {
        string name = Name(attribute);
        double[] numbers = [.. Values(attribute).Select(static value => value.Value is double number ? number : double.NaN)];
        string? mistake = null;
        if (!IsNumber(_value))
        {
            mistake = $"[{name}] is for numbers, and it is of type '{typeName}'";
        }
        else if (numbers.Length == 0)
        {
            mistake = $"[{name}] lists no {each}";
        }
        else if (numbers.Any(static number => double.IsNaN(number) || double.IsInfinity(number)))
        {
            mistake = $"[{name}] lists a number that is not finite";
        }
        else
        {
            for (int i = 1; i < numbers.Length && mistake is null; i++)
            {
                if (numbers[i] <= numbers[i - 1])
                {
                    mistake = $"[{name}] lists {NumberText.Of(numbers[i])} after {NumberText.Of(numbers[i - 1])}; each {each} must be above the one before";
                }
            }
        }

        return (numbers, mistake);
    }

    private DeclaredEncoding ReadHashed(AttributeData attribute)
    {
        bool isText = _value.SpecialType == SpecialType.System_String;
        int count = Count(attribute);
        return (isText || IsInteger(_value), count is >= 2 and <= ShapeLimits.MaxFeatures) switch
        {
            (false, _) => Mistaken($"[Hashed] is for strings and integers, and it is of type '{typeName}'"),
            (_, false) => Mistaken($"[Hashed] asks for {Number(count)} columns; there are from 2 to {Number(ShapeLimits.MaxFeatures)}"),
            _ => new DeclaredEncoding(new HashedEncoding(count, isText)),
        };
    }

    private DeclaredEncoding ReadVector(AttributeData attribute)
    {
        int count = Count(attribute);
        if (VectorOf() is not var (source, element, length) || !IsNumber(element))
        {
            return Mistaken($"[Columns] is for arrays, Memory<T>, ReadOnlyMemory<T> and inline arrays of numbers, and it is of type '{typeName}'");
        }

        return (count is >= 1 and <= ShapeLimits.MaxFeatures, length == count || source != VectorSource.InlineArray) switch
        {
            (false, _) => Mistaken($"[Columns] asks for {Number(count)} columns; there are from 1 to {Number(ShapeLimits.MaxFeatures)}"),
            (_, false) => Mistaken($"[Columns] asks for {Number(count)} columns, but '{typeName}' holds {Number(length)} numbers"),
            _ => new DeclaredEncoding(new VectorEncoding(count, source, ElementName(element))),
        };
    }

    // Not a multidimensional array, nor an inline array without its field.
    private (VectorSource Source, ITypeSymbol Element, int Length)? VectorOf() => _value switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (VectorSource.Array, array.ElementType, 0),
        INamedTypeSymbol { Arity: 1 } memory when IsOfSystem(memory, "Memory") || IsOfSystem(memory, "ReadOnlyMemory") =>
            (VectorSource.Memory, memory.TypeArguments[0], 0),
        INamedTypeSymbol { TypeKind: TypeKind.Struct } inline when InlineLength(inline) is int length
            && inline.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(static field => !field.IsStatic) is { } field =>
            (VectorSource.InlineArray, field.Type, length),
        _ => null,
    };

    // An exported encoder is C# 8, which has no word for native integers.
    private static string ElementName(ITypeSymbol element) => element.SpecialType switch
    {
        SpecialType.System_IntPtr => "global::System.IntPtr",
        SpecialType.System_UIntPtr => "global::System.UIntPtr",
        _ => element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
    };

    private static int? InlineLength(INamedTypeSymbol type) => type.GetAttributes()
        .FirstOrDefault(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.InlineArrayAttribute")
        ?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: int length } ? length : null;

    // One column at least: the baseline may be the only level.
    private static DeclaredEncoding OfLevels(LevelEncoding levels) => levels.Columns > 0
        ? new DeclaredEncoding(levels)
        : Mistaken("its Baseline is its only level, and no column is left");

    // Arguments of [Feature] that say nothing of such columns.
    private string? Misused(Encoding encoding)
    {
        if (Argument("Baseline") is not null && encoding is not (LevelEncoding or FlagsEncoding))
        {
            return "it has a Baseline, but no levels";
        }

        if (IgnoresUnknown && encoding is not (EnumEncoding or CategoryEncoding or FlagsEncoding))
        {
            return "it says what to do about unknown values, but it has no levels that a value could miss";
        }

        if ((Undefined("Unknown") ?? Undefined("Missing")) is { } undefined)
        {
            return undefined;
        }

        return CountsNaN && !IsFloating(_value) ? $"its missing value is NaN, which no value of type '{typeName}' is" : null;
    }

    // A cast makes any number of an enum, whose members are 0 and 1.
    private string? Undefined(string name) =>
        Argument(name) is { Kind: TypedConstantKind.Enum, Value: not (0 or 1) } value ? $"its {name} is {Shown(value)}, which is undefined" : null;

    // An argument that is null says nothing.
    private TypedConstant? Argument(string name) => MemberAttributes.Argument(_feature, name) is { IsNull: false } argument ? argument : null;

    private static ImmutableArray<TypedConstant> Values(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } values ? values.Values : [];

    private static int Count(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: int count } ? count : 0;

    private static string Shown(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Array or TypedConstantKind.Error or TypedConstantKind.Type } => "of a type that is none of a level",
        { Kind: TypedConstantKind.Enum } => constant.ToCSharpString(),
        { Value: string text } => $"\"{text}\"",
        _ => Convert.ToString(constant.Value, CultureInfo.InvariantCulture),
    };
}
