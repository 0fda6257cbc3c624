using System.Security.Cryptography;
using System.Text;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Generator.Specs;

/// <summary>
/// Tells whether weights saved by one model mean the same to another: a digest of the shape, the precision, the labels, and the names of classes and
/// features in their order, with how members become features where they are not plain numbers. The name of the model's class is no part of it, so that a class
/// may be renamed.
/// </summary>
internal static class Fingerprint
{
    /// <summary>Computes the fingerprint of a model.</summary>
    /// <returns>Sixteen hexadecimal digits.</returns>
    public static string Of(ModelSpec model)
    {
        using var sha = SHA256.Create();
        return DigestText.Of(sha.ComputeHash(Encoding.UTF8.GetBytes(Text(model))));
    }

    /// <summary>Decides whether a text can be a fingerprint.</summary>
    /// <returns>Whether it is sixteen lower-case hexadecimal digits.</returns>
    public static bool IsWellFormed(string text) =>
        text.Length == 2 * DigestText.Bytes && text.All(static digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    // Every name with its length before it, so that no two lists of names give one text.
    private static string Text(ModelSpec model)
    {
        // The analyzer computes it as well, in whatever culture the editor has.
        using var culture = InvariantCulture.Enter();
        var text = new StringBuilder();
        text.Append(model.Classes).Append('x').Append(model.Features).Append(' ').Append(model.Precision);
        text.Append(" from ").Append(model.FirstLabel);
        if (model.Labels.Count > 0)
        {
            text.Append(" labels ").Append(string.Join(",", model.Labels));
        }

        Append(text, " classes", model.ClassNames);
        Append(text, " features", model.FeatureNames);
        if (model.Row is { } row && row.Features.Any(static feature => feature.Encoding.Kind.Length > 0))
        {
            Append(text, " encodings", row.Features.Select(static feature => feature.Encoding.Kind).ToEquatableArray());
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, EquatableArray<string> names)
    {
        text.Append(title);
        foreach (string name in names)
        {
            text.Append(' ').Append(name.Length).Append(':').Append(name);
        }
    }
}
