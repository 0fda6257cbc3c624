using SoftmaxGen.Reports.Tests.Harness;

namespace SoftmaxGen.Reports.Tests;

/// <summary>
/// Reports in a browser: nothing is complained about, nothing is asked for, all pictures are there, and everything can be read on a telephone and on a wide
/// screen, light and dark. <c>SOFTMAXGEN_SCREENSHOTS</c> names a folder for pictures of the pages.
/// </summary>
public sealed class BrowserTests
{
    // Pictures, and the smallest letters of each as the reader sees them: the size of a letter is that of its text, scaled as the picture is.
    private const string SmallestLetters = """
        Math.min(...[...document.querySelectorAll('svg')].map(svg => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return Math.min(...[...svg.querySelectorAll('text')].map(text => scale * parseFloat(getComputedStyle(text).fontSize)));
        }))
        """;

    private const string EmptyPictures = "[...document.querySelectorAll('svg')].filter(svg => { const box = svg.getBoundingClientRect(); return "
        + "box.width < 200 || box.height < 40; }).length";

    private const string InkOnPaper = "rgb(11, 11, 11)";

    private const string Folded = "[...document.querySelectorAll('details')].filter(one => one.querySelector('table').getBoundingClientRect().height < "
        + "20).length";

    private const string Overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    // Text that leaves its picture is cut off.
    private const string TextOutside = """
        [...document.querySelectorAll('svg')].flatMap(svg => {
          const box = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')].filter(text => {
            const own = text.getBoundingClientRect();
            return own.left < box.left - 2 || own.right > box.right + 2 || own.top < box.top - 1 || own.bottom > box.bottom + 1;
          }).map(text => text.textContent);
        }).join(' | ')
        """;

    [ChromiumFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task A_report_is_read_on_every_screen()
    {
        using TrainingSet<CustomerModel, double> clients = CustomerModel.CreateTrainingSet(Customer.Make(200, seed: 2));
        using TrainingSet<PlanModel, double> plans = PlanModel.CreateTrainingSet([.. Given.Clients.Select(Subscriber.Of)]);
        (string Name, ModelReport Report)[] reports =
        [
            ("irises", Given.FullReport()),
            ("clients", ModelReport.Create(Given.Churn, clients) with { Title = "Churn" }),
            ("plans", ModelReport.Create(Given.Plans, plans) with { Title = "Plans" }),
            ("classes", Wide()),
        ];
        await using Chromium chromium = await Chromium.StartAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-report-");
        try
        {
            foreach ((string name, ModelReport report) in reports)
            {
                string path = Path.Combine(folder.FullName, $"{name}.html");
                report.Save(path);
                int pictures = HtmlPage.Parse(report.ToHtml()).Root.Descendants().Count(static one => one.Name.LocalName == "svg");
                foreach ((int width, bool isDark) in ((int, bool)[])[(400, false), (1600, true)])
                {
                    await chromium.OpenAsync(path, width, isDark);
                    await KeepAsync(chromium, $"{name}-{width}");

                    Assert.Equal([new Uri(path).AbsoluteUri], chromium.Requests.Where(static address => address != "data:,"));
                    Assert.Empty(chromium.Complaints);
                    Assert.Equal(pictures, (int)(await chromium.EvaluateAsync("document.querySelectorAll('svg').length"))!);
                    Assert.Equal(0, (int)(await chromium.EvaluateAsync(EmptyPictures))!);
                    Assert.Equal(0, (int)(await chromium.EvaluateAsync(Overflow))!);
                    Assert.InRange((double)(await chromium.EvaluateAsync(SmallestLetters))!, 8.5, 20);
                    Assert.Equal($"{name}-{width}: ", $"{name}-{width}: {await chromium.EvaluateAsync(TextOutside)}");
                    Assert.Equal(isDark, (bool)(await chromium.EvaluateAsync("getComputedStyle(document.body).backgroundColor === 'rgb(13, 13, 13)'"))!);

                    // Paper is white, and nothing on it can be unfolded or scrolled.
                    await chromium.ShowAsync("print", isDark);
                    Assert.Equal(InkOnPaper, (string)(await chromium.EvaluateAsync("getComputedStyle(document.querySelector('h1')).color"))!);
                    Assert.Equal(0, (int)(await chromium.EvaluateAsync(Folded))!);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // More classes than anybody reads side by side.
    private static ModelReport Wide()
    {
        ModelShape shape = Given.Shape(40, 60, static i => i % 4 == 0 ? $"a class with a long name, {i}" : $"class {i}");
        int[] actual = [.. Enumerable.Range(0, 800).Select(static i => i % 40)];
        int[] predicted = [.. actual.Select(static (label, row) => row % 7 == 0 ? row * 3 % 40 : label)];
        double[] probabilities = [.. predicted.SelectMany(static label => Enumerable.Range(0, 40).Select(j => j == label ? 0.61 : 0.01))];
        return new ModelReport
        {
            Title = "Forty classes",
            Classes = ClassShare.Count(shape, actual),
            Model = new ModelWeights(shape, [.. Enumerable.Range(0, shape.ParameterCount).Select(static i => Math.Sin(i * 0.7))]),
            WorstRows = WorstRow.Find(shape, probabilities, actual),
        };
    }

    private static async Task KeepAsync(Chromium chromium, string name)
    {
        if (Environment.GetEnvironmentVariable("SOFTMAXGEN_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), await chromium.ScreenshotAsync());
        }
    }
}
