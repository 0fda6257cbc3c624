using System.Globalization;
using System.Text;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>
/// The colours and fonts of pictures, light and dark. Colours are written into the rules rather than as variables, which programs other than browsers do not
/// know. The colours of series keep their distance for the colour-blind in the order they are taken in.
/// </summary>
internal static class Theme
{
    /// <summary>The number of colours for series: more are not told apart.</summary>
    public const int Series = 8;

    private const string Fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

    // Of each selector the property that has a colour, light and dark.
    private static readonly (string Selector, string Property, string Light, string Dark)[] _colors =
    [
        (".surface", "fill", "#fcfcfb", "#1a1a19"),
        ("text", "fill", "#52514e", "#c3c2b7"),
        (".ink", "fill", "#0b0b0b", "#ffffff"),
        (".on", "fill", "#0b0b0b", "#0b0b0b"),
        (".grid", "stroke", "#e1e0d9", "#2c2c2a"),
        (".axis", "stroke", "#a9a8a0", "#5a5954"),
        (".guide", "stroke", "#898781", "#898781"),
        (".context", "stroke", "#c3c2b7", "#4a4945"),
        (".empty", "fill", "#f0efec", "#2c2c2a"),
        (".ring", "stroke", "#fcfcfb", "#1a1a19"),
        .. Each("#2a78d6", "#3987e5", 0),
        .. Each("#1baf7a", "#199e70", 1),
        .. Each("#eda100", "#c98500", 2),
        .. Each("#008300", "#008300", 3),
        .. Each("#4a3aa7", "#9085e9", 4),
        .. Each("#e34948", "#e66767", 5),
        .. Each("#e87ba4", "#d55181", 6),
        .. Each("#eb6834", "#d95926", 7),
    ];

    /// <summary>Gets the class of what is good, or positive.</summary>
    public static string Positive => "f0";

    /// <summary>Gets the class of what is wrong, or negative.</summary>
    public static string Negative => "f5";

    /// <summary>Gets the style sheet of pictures.</summary>
    public static string StyleSheet { get; } = Write();

    private static (string Selector, string Property, string Light, string Dark)[] Each(string light, string dark, int index) =>
        [($".f{index}", "fill", light, dark), ($".s{index}", "stroke", light, dark)];

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append($".sg text{{font:12px {Fonts};font-variant-numeric:tabular-nums}}");
        text.Append(".sg .small{font-size:10px}.sg .heading{font-size:15px;font-weight:600}.sg .strong{font-weight:600}");
        text.Append(".sg .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.sg .thin{fill:none;stroke-width:1}");
        text.Append(".sg .dash{stroke-dasharray:4 4}.sg .ring{stroke-width:1.5}");
        Append(text, static color => color.Light);
        text.Append("@media (prefers-color-scheme:dark){");
        Append(text, static color => color.Dark);

        // Paper is white.
        text.Append("}@media print{");
        Append(text, static color => color.Light);
        return text.Append('}').ToString();
    }

    private static void Append(StringBuilder text, Func<(string Selector, string Property, string Light, string Dark), string> value)
    {
        foreach ((string Selector, string Property, string Light, string Dark) color in _colors)
        {
            text.Append(CultureInfo.InvariantCulture, $".sg {color.Selector}{{{color.Property}:{value(color)}}}");
        }
    }
}
