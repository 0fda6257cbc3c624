#:property PublishAot=false

// Draws docs/images/speed.svg, the chart of the README, from the committed reports:
//
//     dotnet run eng/SpeedChart.cs
//
// Each bar tells how many times as fast as plain C# loops something is. Colours follow the reader's setting for light or dark.
using System.Globalization;
using System.Text;

CultureInfo culture = CultureInfo.InvariantCulture;
string zen5 = Path.Combine("bench", "results", "amd-epyc-zen5"), zen4 = Path.Combine("bench", "results", "amd-epyc-zen4");
string ratios = Path.Combine(zen5, "ratios.md"), train = Path.Combine(zen5, "train.md");
string predict = Path.Combine(zen4, "predict.md"), large = Path.Combine(zen4, "train-large.md");
string[] shapes = ["3 x 4", "10 x 16", "10 x 64", "26 x 16"];
(string Title, (string Name, double Times)[] Bars)[] groups =
[
    ("A pass of a training", [.. shapes.Select(shape => (shape, Cell(ratios, "## Fastest round, 8192 rows", shape, "plain / packed")))]),
    ("A predicted label", [.. shapes.Select(shape => (shape, Cell(predict, "## Fastest round", shape, "ratio")))]),
    (
        "A whole training",
        [
            ("150 irises, 3 x 4", Training("## iris: 3 x 4, 150 rows", train, "Newton")),
            ("1,797 digits, 10 x 64", Training("## digits: 10 x 64, 1797 rows", train, "Lbfgs")),
            ("100,000 rows, 4 x 8", Training("## synthetic 4 x 8: 4 x 8, 100000 rows", large, "Lbfgs")),
            ("200,000 rows, 10 x 16", Training("## synthetic 10 x 16: 10 x 16, 200000 rows", large, "Lbfgs")),
        ]),
];

const int Left = 210, Width = 720, Bar = 20, Step = 26;
double scale = (Width - Left - 90) / groups.Max(static group => group.Bars.Max(static bar => bar.Times));
var marks = new StringBuilder();
int y = 62;
foreach ((string title, (string Name, double Times)[] bars) in groups)
{
    marks.Append(culture, $"  <text class=\"title\" x=\"24\" y=\"{y + 16}\">{title}</text>\n");
    y += 26;
    foreach ((string name, double times) in bars)
    {
        double width = scale * times;
        marks.Append(culture, $"  <text class=\"name\" x=\"{Left - 10}\" y=\"{y + 15}\">{name}</text>\n");
        marks.Append(culture, $"  <rect class=\"bar\" x=\"{Left}\" y=\"{y}\" width=\"{width:F1}\" height=\"{Bar}\" rx=\"3\"/>\n");
        marks.Append(culture, $"  <text class=\"value\" x=\"{Left + width + 8:F1}\" y=\"{y + 15}\">{times:F0} times</text>\n");
        y += Step;
    }

    y += 10;
}

int height = y + 8;
File.WriteAllText(Path.Combine("docs", "images", "speed.svg"), string.Create(culture, $$"""
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" width="{{Width}}" height="{{height}}" role="img" aria-label="Times as fast as plain C# loops">
      <style>
        text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
        .page { fill: #ffffff; stroke: #d1d9e0; }
        .head { font-size: 17px; font-weight: 600; }
        .title { font-weight: 600; }
        .name { text-anchor: end; fill: #59636e; }
        .bar { fill: #0969da; }
        .one { stroke: #59636e; stroke-dasharray: 3 3; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; }
          .page { fill: #0d1117; stroke: #3d444d; }
          .name { fill: #9198a1; }
          .bar { fill: #4493f8; }
          .one { stroke: #9198a1; }
        }
      </style>
      <rect class="page" x="0.5" y="0.5" width="{{Width - 1}}" height="{{height - 1}}" rx="8"/>
      <text class="head" x="24" y="36">Times as fast as plain C# loops (dashed line: 1), classes x features</text>
      <line class="one" x1="{{Left + scale:F1}}" x2="{{Left + scale:F1}}" y1="54" y2="{{height - 14}}"/>
    {{marks}}</svg>

    """));

// What a training takes by default, of a report, against plain loops with the solver that is chosen, which the report of all trainings has.
double Training(string heading, string report, string solver) =>
    Milliseconds(Text(train, heading, row => row[0] == $"plain loops, {solver}", "default"))
        / Milliseconds(Text(report, heading, row => row[0] == "Auto", "default"));

// The median, which comes before the fastest in brackets.
double Milliseconds(string time)
{
    string[] words = time.Split(' ');
    return double.Parse(words[0], culture) / (words[1] == "us" ? 1000 : 1);
}

double Cell(string file, string heading, string shape, string column) => double.Parse(Text(file, heading, row => row[0] == shape, column), culture);

// The text of the first column of a name, in the first row that fits, of the first table below a heading.
string Text(string file, string heading, Func<string[], bool> fits, string column)
{
    string[][] rows =
    [
        .. File.ReadLines(file).SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];
    return rows.First(fits)[Array.FindIndex(rows[0], name => name == column)];
}
