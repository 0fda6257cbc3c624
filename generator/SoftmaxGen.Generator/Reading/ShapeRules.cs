using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// What makes a declaration a valid model. The analyzer reports what is found here and the generator writes nothing when anything
/// is: the one list keeps the two in step.
/// </summary>
internal static class ShapeRules
{
    /// <summary>Judges a declaration.</summary>
    /// <returns>Every rule it breaks; none when the model is valid.</returns>
    public static EquatableArray<Violation> Check(ModelDeclaration declaration) =>
        CheckLanguage(declaration.LanguageVersion)
            .Concat(declaration.Target == TargetKind.Class ? CheckClass(declaration) : [UnsupportedTarget(declaration.Target)])
            .Concat(declaration.LibraryIsNameable ? [] : [EnumRules.TypeOutOfReach("SoftmaxModelAttribute", TypeReach.Unnameable)])
            .Concat(declaration.HasSeveralAttributes ? [new Violation(DiagnosticDescriptors.SeveralAttributes)] : [])
            .Concat(declaration.Labels is { } labels ? EnumRules.Check(labels) : [])
            .Concat(declaration is { Row: { } row, Labels: { } classes } ? RowRules.Check(row, classes) : [])
            .Concat(LabelRules.Check(declaration))
            .Concat(NameRules.Check(declaration))
            .Concat(CheckShape(declaration.EffectiveShape, declaration.Row))
            .ToEquatableArray();

    private static IEnumerable<Violation> CheckLanguage(LanguageVersion version)
    {
        if (version < ShapeLimits.MinLanguageVersion)
        {
            yield return new Violation(DiagnosticDescriptors.LanguageVersionTooLow, version.ToDisplayString());
        }
    }

    private static Violation UnsupportedTarget(TargetKind target) => new(
        DiagnosticDescriptors.UnsupportedTarget,
        target switch
        {
            TargetKind.StaticClass => "a static class",
            TargetKind.AbstractClass => "an abstract class",
            TargetKind.FileLocalClass => "local to its file",
            TargetKind.Record => "a record",
            TargetKind.Struct => "a struct",
            _ => "not a class",
        });

    private static IEnumerable<Violation> CheckClass(ModelDeclaration declaration)
    {
        if (!declaration.IsPartial)
        {
            yield return new Violation(DiagnosticDescriptors.TypeNotPartial);
        }

        foreach (string enclosingType in declaration.NonPartialEnclosingTypes)
        {
            yield return new Violation(DiagnosticDescriptors.EnclosingTypeNotPartial, enclosingType);
        }

        if (declaration.HasInstanceConstructor)
        {
            yield return new Violation(DiagnosticDescriptors.InstanceConstructor);
        }

        if (declaration.UnreachableBase.Length > 0)
        {
            yield return new Violation(DiagnosticDescriptors.UnreachableBase, declaration.UnreachableBase);
        }

        foreach (string name in declaration.RequiredMembers)
        {
            yield return new Violation(DiagnosticDescriptors.RequiredMember, name);
        }

        foreach (string word in declaration.TakenWords)
        {
            yield return new Violation(DiagnosticDescriptors.TakenWord, word);
        }

        bool isPretrained = declaration.Shape.Weights is not null;
        IEnumerable<DeclaredMember> colliding = declaration.Members.Where(member => ReservedMembers.Collides(member, isPretrained));
        foreach (string name in colliding.Select(static member => member.Name).Distinct())
        {
            yield return new Violation(DiagnosticDescriptors.ReservedMember, name);
        }
    }

    private static IEnumerable<Violation> CheckShape(DeclaredShape shape, DeclaredRow? row)
    {
        bool classesFit = shape.Classes is >= ShapeLimits.MinClasses and <= ShapeLimits.MaxClasses;
        bool featuresFit = shape.Features is >= ShapeLimits.MinFeatures and <= ShapeLimits.MaxFeatures;
        if (!classesFit)
        {
            yield return new Violation(DiagnosticDescriptors.ClassesOutOfRange, NumberOrMissing(shape.Classes));
        }

        if (!featuresFit && row is not { IsSupported: false })
        {
            yield return new Violation(DiagnosticDescriptors.FeaturesOutOfRange, NumberOrMissing(shape.Features), row is null ? "" : MostColumns(row));
        }

        // Sizes that depend on a number out of range would only repeat the complaint.
        long parameters = classesFit && featuresFit ? shape.Classes!.Value * (shape.Features!.Value + 1L) : 0;
        if (parameters > ShapeLimits.MaxParameters)
        {
            yield return new Violation(DiagnosticDescriptors.TooManyParameters, Number(parameters));
        }

        if (classesFit && (shape.FirstLabel ?? 0) + (long)shape.Classes!.Value - 1 > int.MaxValue)
        {
            yield return new Violation(DiagnosticDescriptors.LabelsOverflow, Number(shape.FirstLabel ?? 0));
        }

        if (shape.Precision is not ((int)Precision.Double or (int)Precision.Single))
        {
            yield return new Violation(DiagnosticDescriptors.UndefinedPrecision, Number(shape.Precision));
        }

        if (shape.MissingValues is not ((int)MissingValues.Throw or (int)MissingValues.Propagate))
        {
            yield return new Violation(DiagnosticDescriptors.UndefinedMissingValues, Number(shape.MissingValues));
        }

        if (shape.MaxStackBytes is < ShapeLimits.MinStackBytes or > ShapeLimits.MaxStackBytes)
        {
            yield return new Violation(DiagnosticDescriptors.StackBytesOutOfRange, Number(shape.MaxStackBytes));
        }

        foreach (string fingerprint in shape.AcceptedFingerprints.Where(static piece => !Fingerprint.IsWellFormed(piece)).Distinct())
        {
            yield return new Violation(DiagnosticDescriptors.MalformedFingerprint, fingerprint);
        }
    }

    private static string MostColumns(DeclaredRow row) =>
        row.Encoded.OrderByDescending(static feature => feature.Encoding.Columns).FirstOrDefault() is { Encoding.Columns: > 1 } most
        ? $", of which '{most.Name}' makes {Number(most.Encoding.Columns)}"
        : "";

    private static string NumberOrMissing(int? value) => value is int number ? Number(number) : "missing";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
