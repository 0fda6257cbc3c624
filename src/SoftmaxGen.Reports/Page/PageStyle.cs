namespace SoftmaxGen.Reports.Page;

/// <summary>The style sheet of pages.</summary>
internal static class PageStyle
{
    private const string Light =
        "--page:#f4f3ef;--card:#fcfcfb;--ink:#0b0b0b;--text:#52514e;--line:#e1e0d9;--accent:#1c5cab;--shade:#f0efec";

    private const string Dark =
        "--page:#0d0d0d;--card:#1a1a19;--ink:#ffffff;--text:#c3c2b7;--line:#2c2c2a;--accent:#86b6ef;--shade:#242423";

    /// <summary>
    /// The rules. Cards stand beside one another where there is room for two of 430 pixels. What is wider than the page scrolls by itself, so that the page
    /// never does. On paper nothing is folded or cut off. No selector has a character that XML escapes: in HTML a style sheet is text as it is.
    /// </summary>
    public const string StyleSheet =
        $":root{{color-scheme:light dark;{Light}}}"
        + $"@media (prefers-color-scheme:dark){{:root{{{Dark}}}}}"
        + "*{box-sizing:border-box}"
        + "body{margin:0 auto;max-width:1640px;padding:clamp(12px,3vw,40px);background:var(--page);color:var(--text);"
        + "font:15px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;overflow-wrap:anywhere}"
        + "h1,h2,h3{color:var(--ink);line-height:1.25;margin:0}"
        + "h1{font-size:clamp(24px,4vw,34px);letter-spacing:-.01em}"
        + "h2{font-size:20px;margin:40px 0 14px}"
        + "h3{font-size:16px}"
        + "p{margin:6px 0 14px;max-width:75ch}"
        + "a{color:var(--accent)}"
        + ".subtitle{margin:4px 0 0}"
        + ".summary{margin-top:18px}"
        + ".lead{font-size:18px;color:var(--ink);margin:0 0 16px}"
        + "dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:0}"
        + "dl div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}"
        + "dt{font-size:13px}dd{margin:0}"
        + ".value{font-size:26px;font-weight:600;color:var(--ink);line-height:1.3}"
        + ".hint{font-size:12px}"
        + "nav{display:flex;flex-wrap:wrap;gap:6px 18px;margin-top:20px;padding-top:14px;border-top:1px solid var(--line)}"
        + ".cards{columns:430px;column-gap:16px}"
        + ".card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:clamp(12px,2vw,20px);margin:0 0 16px;break-inside:avoid}"
        + ".wide{column-span:all}"
        + ".picture,.scroll{overflow-x:auto}"
        + ".picture svg{display:block;height:auto}"
        + "table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums;overflow-wrap:normal}"
        + "th,td{padding:5px 10px 5px 0;text-align:right;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}"
        + ".text{text-align:left;white-space:normal;min-width:8ch;max-width:60ch}"
        + ".long{min-width:44ch}"
        + "thead th{font-weight:600;white-space:normal;vertical-align:bottom}"
        + "tbody th{font-weight:400;color:var(--ink)}"
        + "details{margin-top:12px}"
        + "summary{cursor:pointer;font-size:13px;color:var(--accent);padding:4px 0}"
        + "footer{margin-top:40px;border-top:1px solid var(--line);font-size:13px}"
        + ":focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
        + $"@media print{{:root{{{Light}}}body{{padding:0;max-width:none;background:none}}nav{{display:none}}"
        + ".cards{columns:auto}.picture,.scroll{overflow:visible}.picture svg{max-width:100%!important}"
        + "details::details-content{content-visibility:visible;display:block}}";
}
