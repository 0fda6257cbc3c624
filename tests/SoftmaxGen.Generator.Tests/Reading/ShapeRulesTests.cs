using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Reading;

/// <summary>The rules at their edges, without a compiler.</summary>
public class ShapeRulesTests
{
    private static readonly ModelDeclaration _valid = new(
        new TypeSpec("", default, "Model", default, "Model"),
        TargetKind.Class,
        IsPartial: true,
        NonPartialEnclosingTypes: default,
        Members: default,
        HasInstanceConstructor: false,
        UnreachableBase: "",
        RequiredMembers: default,
        LanguageVersion.CSharp11,
        new DeclaredShape(3, 4, 0, 0, 65_536));

    [Theory]
    [InlineData(2, 1, 0)]
    [InlineData(4096, 4095, 0)]
    [InlineData(2, 65_536, int.MaxValue - 1)]
    [InlineData(4096, 1, int.MaxValue - 4095)]
    [InlineData(3, 4, int.MinValue)]
    public void A_shape_within_the_limits_breaks_no_rule(int classes, int features, int firstLabel) =>
        Assert.Empty(Check(new DeclaredShape(classes, features, firstLabel, 1, 65_536)));

    [Theory]
    [InlineData(1, 4, 0, "SMG0004 1")]
    [InlineData(4097, 4, 0, "SMG0004 4097")]
    [InlineData(int.MinValue, 4, int.MaxValue, "SMG0004 -2147483648")]
    [InlineData(3, 0, 0, "SMG0005 0")]
    [InlineData(3, 65_537, 0, "SMG0005 65537")]
    [InlineData(4096, 65_536, 0, "SMG0007 268439552")]
    [InlineData(257, 65_535, 0, "SMG0007 16842752")]
    [InlineData(3, 4, int.MaxValue - 1, "SMG0006 2147483646")]
    [InlineData(2, 4, int.MaxValue, "SMG0006 2147483647")]
    public void A_shape_beyond_a_limit_breaks_its_rule(int classes, int features, int firstLabel, string expected)
    {
        Violation violation = Assert.Single(Check(new DeclaredShape(classes, features, firstLabel, 0, 65_536)));

        Assert.Equal(expected, $"{violation.Rule.Id} {violation.Subject}");
    }

    [Theory]
    [InlineData(32_768)]
    [InlineData(65_536)]
    [InlineData(1_048_576)]
    public void A_stack_within_the_limits_breaks_no_rule(int maxStackBytes) =>
        Assert.Empty(Check(new DeclaredShape(3, 4, 0, 0, maxStackBytes)));

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(32_767)]
    [InlineData(1_048_577)]
    [InlineData(int.MaxValue)]
    public void A_stack_beyond_a_limit_breaks_its_rule(int maxStackBytes) => Assert.Equal(
        [new Violation(DiagnosticDescriptors.StackBytesOutOfRange, maxStackBytes.ToString(CultureInfo.InvariantCulture))],
        Check(new DeclaredShape(3, 4, 0, 0, maxStackBytes)));

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef0")]
    [InlineData("0123456789abcdeF")]
    [InlineData("0123456789abcdeg")]
    [InlineData("0123456789abcde/")]
    [InlineData("0123456789abcde:")]
    [InlineData("0123456789abcd\u0660f")]
    public void What_is_no_fingerprint_breaks_its_rule(string piece) => Assert.Equal(
        [new Violation(DiagnosticDescriptors.MalformedFingerprint, piece)],
        Check(new DeclaredShape(3, 4, 0, 0, 65_536) { AcceptedFingerprints = new[] { "0123456789abcdef", piece, piece }.ToEquatableArray() }));

    [Fact]
    public void Sixteen_digits_are_a_fingerprint() => Assert.Empty(
        Check(new DeclaredShape(3, 4, 0, 0, 65_536) { AcceptedFingerprints = new[] { "0123456789abcdef", "ffffffffffffffff" }.ToEquatableArray() }));

    [Fact]
    public void The_default_stack_is_that_of_the_attribute() =>
        Assert.Equal(AttributeDefaults.MaxStackBytes, new SoftmaxModelAttribute().MaxStackBytes);

    [Fact]
    public void Missing_numbers_are_called_so() => Assert.Equal(
        [new Violation(DiagnosticDescriptors.ClassesOutOfRange, "missing"), new Violation(DiagnosticDescriptors.FeaturesOutOfRange, "missing")],
        Check(new DeclaredShape(null, null, int.MaxValue, 0, 65_536)));

    [Fact]
    public void On_an_unsupported_target_the_rules_for_classes_are_silent() => Assert.Equal(
        [new Violation(DiagnosticDescriptors.UnsupportedTarget, "a struct")],
        ShapeRules.Check(_valid with { Target = TargetKind.Struct, IsPartial = false, HasInstanceConstructor = true }));

    [Theory]
    [InlineData("Predict", true, false)]
    [InlineData("Predict", false, true)]
    [InlineData("Weights", true, true)]
    [InlineData("Weights", false, true)]
    [InlineData("predict", false, false)]
    public void A_member_collides_by_name_unless_it_overloads_a_method(string name, bool isMethod, bool collides) =>
        Assert.Equal(collides, ShapeRules.Check(_valid with { Members = new[] { new DeclaredMember(name, isMethod) }.ToEquatableArray() }).Count == 1);

    [Fact]
    public void A_name_that_collides_twice_is_named_once() => Assert.Equal(
        [new Violation(DiagnosticDescriptors.ReservedMember, "Shape")],
        ShapeRules.Check(_valid with { Members = new[] { new DeclaredMember("Shape", true), new DeclaredMember("Shape", false) }.ToEquatableArray() }));

    private static EquatableArray<Violation> Check(DeclaredShape shape) => ShapeRules.Check(_valid with { Shape = shape });
}
