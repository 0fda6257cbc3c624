namespace SoftmaxGen.Site.Tests;

/// <summary>
/// The site in a browser: nothing is complained about, nothing is asked for elsewhere, search finds, and pages can be read on a telephone. A page that is wider
/// than the screen would have to be scrolled sideways. <c>SOFTMAXGEN_SCREENSHOTS</c> names a folder for pictures.
/// </summary>
[Collection(SiteGroup.Name)]
[Trait(TestCategory.Name, TestCategory.Slow)]
public sealed class BrowserTests(BuiltSite site)
{
    private const int Telephone = 390, Desk = 1400;

    private const string Overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private const string SmallestLetters =
        "Math.min(...[...document.querySelectorAll('article p, article li, article td, article code')].map(one => parseFloat(getComputedStyle(one).fontSize)))";

    private static readonly (string Word, string Page)[] _findings =
    [
        ("calibration", "docs/calibration.html"),
        ("TrainingOptions", "api/SoftmaxGen.TrainingOptions.html"),
        ("NativeAOT", "docs/native-aot.html"),
    ];

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static readonly string[] _reference =
        ["api/SoftmaxGen.html", "api/SoftmaxGen.TrainingOptions.html", "api/SoftmaxGen.Evaluation.html"];

    // All pages that people write, and of the reference, whose pages are made alike, those of a few types.
    private IEnumerable<string> Pages => site.Pages.Where(static page =>
        !page.StartsWith("bench/", StringComparison.Ordinal)
        && (!page.StartsWith("docs/diagnostics/", StringComparison.Ordinal) || page.EndsWith("0.html", StringComparison.Ordinal))
        && (!page.StartsWith("api/", StringComparison.Ordinal) || _reference.Contains(page))
        && page != "index.html");

    [ChromiumFact]
    public async Task Pages_are_read_on_a_telephone()
    {
        await using SiteServer server = new();
        await using Chromium chromium = await Chromium.StartAsync();
        List<string> faults = [];
        foreach (string page in Pages)
        {
            await chromium.OpenAsync(server.Address + page, Telephone, isDark: false);
            await UntilAsync(chromium, "window.docfx?.ready === true");
            await KeepAsync(chromium, page);

            faults.AddRange(chromium.Complaints.Select(complaint => $"{page}: {complaint}"));
            faults.AddRange(chromium.Requests
                .Where(address => !address.StartsWith(server.Address, StringComparison.Ordinal))
                .Select(address => $"{page} asks {address}"));
            if (await chromium.EvaluateAsync(Overflow) is { } overflow && (int)overflow > 0)
            {
                faults.Add($"{page} is {overflow} pixels too wide");
            }

            if (await chromium.EvaluateAsync(SmallestLetters) is { } letters && (double)letters < 12)
            {
                faults.Add($"{page} has letters of {letters} pixels");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [ChromiumFact]
    public async Task Search_finds()
    {
        await using SiteServer server = new();
        await using Chromium chromium = await Chromium.StartAsync();
        await chromium.OpenAsync(server.Address + "README.html", Desk, isDark: true);
        await UntilAsync(chromium, "!document.getElementById('search-query').disabled");
        foreach ((string word, string page) in _findings)
        {
            await chromium.EvaluateAsync(
                $"(() => {{ const box = document.getElementById('search-query'); box.value = '{word}'; box.dispatchEvent(new Event('input')); }})()");

            await UntilAsync(chromium, $"[...document.querySelectorAll('#search-results .sr-item a')].some(a => a.href.startsWith('{server.Address}{page}'))");
        }

        Assert.Empty(chromium.Complaints);
    }

    [ChromiumFact]
    public async Task The_first_page_is_the_readme()
    {
        await using SiteServer server = new();
        await using Chromium chromium = await Chromium.StartAsync();

        await chromium.OpenAsync(server.Address + "index.html", Desk, isDark: false);

        await UntilAsync(chromium, "location.pathname === '/README.html' && document.querySelector('h1')?.textContent === 'SoftmaxGen'");
        await UntilAsync(chromium, "document.querySelectorAll('#navbar a').length >= 5");
    }

    private static async Task UntilAsync(Chromium chromium, string condition)
    {
        using CancellationTokenSource patience = new(_patience);
        while (!(bool)(await chromium.EvaluateAsync(condition))!)
        {
            Assert.False(patience.IsCancellationRequested, $"It never happened: {condition}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static async Task KeepAsync(Chromium chromium, string page)
    {
        if (Environment.GetEnvironmentVariable("SOFTMAXGEN_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{page.Replace('/', '-')}.png"), await chromium.ScreenshotAsync());
        }
    }
}
