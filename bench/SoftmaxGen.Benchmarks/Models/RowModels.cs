namespace SoftmaxGen.Benchmarks.Models;

/// <summary>2 levels, or classes.</summary>
internal enum Levels2
{
    L0, L1,
}

/// <summary>3 levels, or classes.</summary>
internal enum Levels3
{
    L0, L1, L2,
}

/// <summary>5 levels, or classes.</summary>
internal enum Levels5
{
    L0, L1, L2, L3, L4,
}

/// <summary>10 levels, or classes.</summary>
internal enum Levels10
{
    L0, L1, L2, L3, L4, L5, L6, L7, L8, L9,
}

/// <summary>50 levels, or classes.</summary>
internal enum Levels50
{
    L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12, L13, L14, L15, L16, L17, L18, L19, L20, L21, L22, L23, L24, L25, L26, L27, L28, L29,
    L30, L31, L32, L33, L34, L35, L36, L37, L38, L39, L40, L41, L42, L43, L44, L45, L46, L47, L48, L49,
}

/// <summary>Seven plain numbers.</summary>
internal readonly record struct PlainRow(double A, double B, double C, double D, double E, double F, double G);

/// <summary>Three numbers and four categories, some of the types of the classes.</summary>
internal readonly record struct CategoryRow(double A, double B, double C, [Feature] Levels3 D, Levels5 E, [Feature] Levels10 F, Levels50 G);

/// <summary>A number and two strings of forty levels, those of one in any case.</summary>
internal readonly record struct TextRow(
    double A,
    [Categories(
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
        "PL", "PT", "RO", "SK", "SI", "ES", "SE", "NO", "CH", "IS", "GB", "UA", "RS", "BA", "ME", "MK", "AL", "TR", "MD", "GE")] string B,
    [Categories(
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
        "PL", "PT", "RO", "SK", "SI", "ES", "SE", "NO", "CH", "IS", "GB", "UA", "RS", "BA", "ME", "MK", "AL", "TR", "MD", "GE", IgnoreCase = true)] string C);

/// <summary>The same with one of the two strings.</summary>
internal readonly record struct LessTextRow(
    double A,
    [Categories(
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
        "PL", "PT", "RO", "SK", "SI", "ES", "SE", "NO", "CH", "IS", "GB", "UA", "RS", "BA", "ME", "MK", "AL", "TR", "MD", "GE")] string B);

[SoftmaxModel<Levels2, PlainRow>]
internal sealed partial class Plain2;

[SoftmaxModel<Levels2, CategoryRow>]
internal sealed partial class Category2;

[SoftmaxModel<Levels3, PlainRow>]
internal sealed partial class Plain3;

[SoftmaxModel<Levels3, CategoryRow>]
internal sealed partial class Category3;

[SoftmaxModel<Levels10, PlainRow>]
internal sealed partial class Plain10;

[SoftmaxModel<Levels10, CategoryRow>]
internal sealed partial class Category10;

[SoftmaxModel<Levels3, TextRow>]
internal sealed partial class Text3;

[SoftmaxModel<Levels3, LessTextRow>]
internal sealed partial class LessText3;
