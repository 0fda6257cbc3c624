using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>
/// Makes rows of a program's own type from the columns of a file, by the names of members: those of the constructor with the most parameters, and those that
/// can be set besides. Members that cannot be set are computed by the type itself. What a value means, its levels, edges and knots, is not known here: the
/// model's own encoder reads the row.
/// </summary>
internal sealed class RowBinder<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>
{
    private const string OtherWay = "make the row by a function: AddFile(file, row => ...)";

    private static readonly ParameterExpression _row = Expression.Parameter(typeof(FileRow), "row");

    private readonly ColumnNames _names;
    private readonly DataFileOptions _options;
    private readonly Dictionary<string, int> _columnOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mapped = [];
    private readonly List<int> _used = [];
    private readonly ConstructorInfo? _constructor = Constructor();

    /// <summary>Initializes a new instance of the <see cref="RowBinder{TRow}"/> class.</summary>
    /// <exception cref="NotSupportedException">It is not clear by which constructor rows are made.</exception>
    public RowBinder(RowSource source, DataFileOptions options)
    {
        _options = options;
        _names = new ColumnNames(source.Name, source.ColumnNames);
    }

    /// <summary>Gets the member that holds the label; null where none does.</summary>
    public RowMember? LabelMember => Parameters(_constructor).Select(static pair => pair.Member)
        .Concat(Settable(_constructor).Select(static pair => pair.Member))
        .FirstOrDefault(static member => member.IsLabel);

    /// <summary>Gets the columns that rows are made of.</summary>
    public IReadOnlyList<int> Used => _used;

    /// <summary>Gets the column of each member that is made of one, by the name of the feature.</summary>
    public IReadOnlyDictionary<string, int> ColumnOf => _columnOf;

    /// <summary>Binds members to columns.</summary>
    /// <returns>What makes a row.</returns>
    /// <exception cref="DataFileException">A member has no column.</exception>
    /// <exception cref="ArgumentException">The options name a member that rows do not have.</exception>
    /// <exception cref="NotSupportedException">A member cannot be made of a column.</exception>
    public Func<FileRow, TRow> Compile()
    {
        Expression[] arguments =
        [
            .. Parameters(_constructor)
                .Select(pair => Value(pair.Member) ?? (pair.Parameter.HasDefaultValue
                ? Expression.Constant(pair.Parameter.DefaultValue, pair.Parameter.ParameterType)
                : Expression.Default(pair.Parameter.ParameterType))),
        ];
        NewExpression made = _constructor is null ? Expression.New(typeof(TRow)) : Expression.New(_constructor, arguments);
        MemberAssignment[] bindings =
        [
            .. Settable(_constructor)
                .Select(pair => (pair.Info, Value: Value(pair.Member)))
                .Where(static pair => pair.Value is not null)
                .Select(static pair => Expression.Bind(pair.Info, pair.Value!)),
        ];
        string[] unknown = [.. _options.Columns.Keys.Where(name => !_mapped.Contains(name))];
        return unknown.Length == 0
            ? Expression.Lambda<Func<FileRow, TRow>>(bindings.Length == 0 ? made : Expression.MemberInit(made, bindings), _row).Compile()
            : throw new ArgumentException($"Columns names {DataFileException.List(unknown)}, and {typeof(TRow)} has no member for that.", "options");
    }

    private static ConstructorInfo? Constructor()
    {
        ConstructorInfo[] all = [.. typeof(TRow).GetConstructors().OrderByDescending(static one => one.GetParameters().Length)];
        return all.Length == 0
            ? typeof(TRow).IsValueType ? null : throw Refusal("has no public constructor")
            : all.Length > 1 && all[0].GetParameters().Length == all[1].GetParameters().Length
                ? throw Refusal("has several constructors with as many parameters")
                : all[0];
    }

    private static NotSupportedException Refusal(string what) => new($"{typeof(TRow)} {what}; {OtherWay}.");

    private static IEnumerable<(ParameterInfo Parameter, RowMember Member)> Parameters(ConstructorInfo? constructor) =>
        (constructor?.GetParameters() ?? []).Select(static parameter =>
        {
            MemberInfo? member = (MemberInfo?)typeof(TRow).GetProperties().FirstOrDefault(one => Same(one.Name, parameter.Name))
                ?? typeof(TRow).GetFields().FirstOrDefault(one => Same(one.Name, parameter.Name));
            return (parameter, new RowMember(member?.Name ?? parameter.Name!, parameter.ParameterType, member is null ? [parameter] : [member, parameter]));
        });

    private static IEnumerable<(MemberInfo Info, RowMember Member)> Settable(ConstructorInfo? constructor)
    {
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        IEnumerable<(MemberInfo Info, Type Type)> properties = typeof(TRow).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(static one => one.SetMethod is { IsPublic: true } && one.GetIndexParameters().Length == 0)
            .Select(static one => ((MemberInfo)one, one.PropertyType));
        IEnumerable<(MemberInfo Info, Type Type)> fields = typeof(TRow).GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Where(static one => !one.IsInitOnly)
            .Select(static one => ((MemberInfo)one, one.FieldType));
        return properties.Concat(fields)
            .Where(one => !parameters.Any(parameter => Same(one.Info.Name, parameter.Name)))
            .Select(static one => (one.Info, new RowMember(one.Info.Name, one.Type, [one.Info])));
    }

    private static bool Same(string name, string? other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    // Null: the member keeps what the type gives it.
    private Expression? Value(RowMember member)
    {
        if (member.IsLabel)
        {
            return Expression.Convert(Expression.Call(_row, Method(nameof(FileRow.GetLabel))), member.Type);
        }

        string[] names = Names(member);
        if (member.Columns > 0)
        {
            return Vector(member, names);
        }

        int column = member.IsIgnored
            ? names.Select(_names.Find).FirstOrDefault(static index => index >= 0, -1)
            : _names.Require($"the one of {typeof(TRow).Name}.{member.Name}", "say in Columns what it is called", names);
        if (column < 0)
        {
            return null;
        }

        Use(member, column);
        return One(member, column) ?? throw Refusal($"has the member {member.Name} of type {member.Type}, which is made of no column");
    }

    private string[] Names(RowMember member)
    {
        foreach (string name in new[] { member.FeatureName, member.Name })
        {
            if (_options.Columns.TryGetValue(name, out string? column))
            {
                _mapped.Add(name);
                return [column];
            }
        }

        return [member.FeatureName, member.Name];
    }

    private void Use(RowMember member, int column)
    {
        _columnOf.TryAdd(member.FeatureName, column);
        _used.Add(column);
    }

    private Expression? One(RowMember member, int column)
    {
        Type type = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
        Expression? value = type.IsEnum
            ? Expression.Convert(Call(nameof(FileRow.EnumValue), column, Expression.Constant(EnumNames.Of(type))), type)
            : Type.GetTypeCode(type) switch
            {
                TypeCode.Double => Call(member.MayBeNaN ? nameof(FileRow.DoubleOrNaN) : nameof(FileRow.Double), column),
                TypeCode.Single => Call(member.MayBeNaN ? nameof(FileRow.SingleOrNaN) : nameof(FileRow.Single), column),
                TypeCode.Decimal => Call(nameof(FileRow.Decimal), column),
                TypeCode.SByte => Whole(column, sbyte.MinValue, sbyte.MaxValue),
                TypeCode.Byte => Whole(column, byte.MinValue, byte.MaxValue),
                TypeCode.Int16 => Whole(column, short.MinValue, short.MaxValue),
                TypeCode.UInt16 => Whole(column, ushort.MinValue, ushort.MaxValue),
                TypeCode.Int32 => Whole(column, int.MinValue, int.MaxValue),
                TypeCode.UInt32 => Whole(column, uint.MinValue, uint.MaxValue),
                TypeCode.Int64 => Whole(column, long.MinValue, long.MaxValue),
                TypeCode.UInt64 => Call(nameof(FileRow.UInt64), column),
                TypeCode.Boolean => Call(nameof(FileRow.Boolean), column),
                TypeCode.String => Call(nameof(FileRow.Text), column),
                _ => type == typeof(Half) ? Call(member.MayBeNaN ? nameof(FileRow.SingleOrNaN) : nameof(FileRow.Single), column) : null,
            };
        if (value is null)
        {
            return null;
        }

        value = value.Type == type ? value : Expression.Convert(value, type);
        return type == member.Type
            ? value
            : Expression.Condition(
                Call(nameof(FileRow.IsMissing), column), Expression.Default(member.Type), Expression.Convert(value, member.Type));
    }

    private UnaryExpression Vector(RowMember member, string[] names)
    {
        int[] columns =
        [
            .. Enumerable.Range(0, member.Columns).Select(i => _names.Require(
                $"one of {typeof(TRow).Name}.{member.Name}",
                "say in Columns what they are called before their [0], [1] ...",
                [.. names.Select(name => $"{name}[{i}]")])),
        ];
        _used.AddRange(columns);
        Type[] doubles = [typeof(double[]), typeof(Memory<double>), typeof(ReadOnlyMemory<double>)];
        Type[] singles = [typeof(float[]), typeof(Memory<float>), typeof(ReadOnlyMemory<float>)];
        string method = doubles.Contains(member.Type) ? nameof(FileRow.Doubles)
            : singles.Contains(member.Type) ? nameof(FileRow.Singles)
            : throw Refusal($"has the vector {member.Name} of type {member.Type}");
        Expression made = Expression.Call(_row, Method(method), Expression.Constant(columns));
        return Expression.Convert(made, member.Type);
    }

    private static MethodInfo Method(string name) => typeof(FileRow)
        .GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
        .Single(method => method.Name == name && !(name == nameof(FileRow.Int64) && method.GetParameters().Length == 1));

    private static MethodCallExpression Call(string method, int column, params Expression[] others) =>
        Expression.Call(_row, Method(method), [Expression.Constant(column), .. others]);

    private static MethodCallExpression Whole(int column, long min, long max) =>
        Call(nameof(FileRow.Int64), column, Expression.Constant(min), Expression.Constant(max));
}
