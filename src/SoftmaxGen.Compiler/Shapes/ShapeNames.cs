namespace SoftmaxGen.Compiler.Shapes;

/// <summary>The identifiers of a declaration, made of names that may be anything.</summary>
internal sealed record ShapeNames
{
    // What a record has already.
    private static readonly string[] _membersOfRecords =
    [
        "Clone", "Deconstruct", "EqualityContract", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "PrintMembers", "ReferenceEquals",
        "ToString",
    ];

    // What the declaration refers to by these names.
    private static readonly string[] _usedTypes =
        ["Buckets", "Categories", "ClassName", "Feature", "Hashed", "Knots", "SoftmaxGen", "SoftmaxModel", "System"];

    private ShapeNames()
    {
    }

    /// <summary>Gets the name of the enum.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the name of the record.</summary>
    public required string Row { get; init; }

    /// <summary>Gets the name of the model class.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the members of the enum, one for each class.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Gets the members of the record, one for each feature.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Gets the member of the record that holds the label.</summary>
    public required string LabelMember { get; init; }

    /// <summary>Makes the identifiers of a definition.</summary>
    /// <exception cref="ArgumentException">The definition breaks a rule.</exception>
    public static ShapeNames Of(ShapeDefinition definition)
    {
        ShapeRules.Check(definition);
        var types = new UniqueNames(_usedTypes);
        string label = types.Add(Identifier.From(definition.LabelName, "Label"));
        string row = types.Add(Identifier.From(definition.Name, "Row"));
        string model = types.Add($"{row}Model");
        var members = new UniqueNames([.. _membersOfRecords, row]);
        string labelMember = members.Add(label);
        var classes = new UniqueNames(_membersOfRecords);
        return new ShapeNames
        {
            Label = label,
            Row = row,
            Model = model,
            LabelMember = labelMember,
            Features = [.. definition.Features.Select(feature => members.Add(Identifier.From(feature.Name, "Column")))],
            Classes = [.. definition.ClassNames.Select(name => classes.Add(Identifier.From(name, label)))],
        };
    }
}
