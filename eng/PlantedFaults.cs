#:property PublishAot=false

// Plants faults, one at a time, and tells which of them no test sees:
//
//     dotnet run eng/PlantedFaults.cs                 all faults of eng/planted-faults.txt
//     dotnet run eng/PlantedFaults.cs -- Emitter      those with this in their title
//
// It works in a work tree of its own, built once, in a temporary folder that SOFTMAXGEN_FAULTS_TREE may name instead: a tree that is there is used as it is.
// Exits with 1 where a fault survives, or is no longer to be found.
using System.Diagnostics;

string root = RunFor("git", ["rev-parse", "--show-toplevel"], Environment.CurrentDirectory).Trim();
string? given = Environment.GetEnvironmentVariable("SOFTMAXGEN_FAULTS_TREE");
string tree = given ?? Path.Combine(Path.GetTempPath(), $"softmaxgen-faults-{Environment.ProcessId}");
Fault[] faults =
[
    .. File.ReadAllText(Path.Combine(root, "eng", "planted-faults.txt")).ReplaceLineEndings("\n").Split("\n\n")
        .Select(Fault.Parse).OfType<Fault>().Where(fault => args.All(arg => fault.Title.Contains(arg, StringComparison.OrdinalIgnoreCase))),
];
if (!Directory.Exists(tree))
{
    RunFor("git", ["worktree", "add", "--detach", tree, "HEAD"], root);
    foreach (string project in faults.Select(fault => fault.Project).Where(project => project.Length > 0).Distinct())
    {
        RunFor("dotnet", ["build", $"tests/{project}", "-v", "q", "-clp:ErrorsOnly", "-p:RunAnalyzersDuringBuild=false"], tree);
    }
}

int bad = 0;
foreach (Fault fault in faults)
{
    string outcome = fault.Unseen ?? Plant(fault);
    bad += outcome.StartsWith("SURVIVES", StringComparison.Ordinal) || outcome.StartsWith("STALE", StringComparison.Ordinal) ? 1 : 0;
    Console.WriteLine($"{fault.Title}\n    {outcome}");
}

Console.WriteLine($"{faults.Length} faults, {bad} of them not caught or not found.");
if (given is null)
{
    RunFor("git", ["worktree", "remove", "--force", tree], root);
}

return bad == 0 ? 0 : 1;

string Plant(Fault fault)
{
    string path = Path.Combine(tree, fault.File);
    string text = File.ReadAllText(path);
    int at = -1;
    for (int i = 0; i < fault.Nth; i++)
    {
        at = text.IndexOf(fault.Old, at + 1, StringComparison.Ordinal);
    }

    if (at < 0 || (fault.Nth == 1 && text.IndexOf(fault.Old, at + 1, StringComparison.Ordinal) >= 0))
    {
        return "STALE: the text does not occur once.";
    }

    // The folder of the project, whose assembly is called like it.
    string project = string.Join('/', fault.File.Split('/').Take(2));
    string assembly = Path.GetFileName(project) + ".dll";
    string target = Path.Combine(tree, "tests", fault.Project, "bin", "Debug", "net10.0", assembly);
    byte[] right = File.ReadAllBytes(target);
    try
    {
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), fault.New, text.AsSpan(at + fault.Old.Length)));
        string framework = project.StartsWith("generator", StringComparison.Ordinal) ? "netstandard2.0" : "net10.0";
        string[] build =
        [
            "build", project, "-f", framework, "-v", "q", "-clp:ErrorsOnly", "-p:RunAnalyzersDuringBuild=false", "-p:TreatWarningsAsErrors=false",
            "-p:BuildProjectReferences=false",
        ];
        (int code, string output) = Run("dotnet", build, tree, null);
        if (code != 0)
        {
            return $"STALE: it does not compile.\n{output}";
        }

        File.Copy(Path.Combine(tree, project, "bin", "Debug", framework, assembly), target, overwrite: true);
        (code, output) = Run("dotnet", ["test", $"tests/{fault.Project}", "--no-build", "--filter", fault.Filter], tree, fault.Without);
        return code == 0 ? "SURVIVES" : $"caught: {FirstFailure(output)}";
    }
    finally
    {
        File.WriteAllText(path, text);
        File.WriteAllBytes(target, right);
    }
}

static string FirstFailure(string output) =>
    output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("Failed ", StringComparison.Ordinal))?[7..].Split(" [")[0]
    ?? output.Split('\n').FirstOrDefault(line => line.Contains("crashed", StringComparison.Ordinal))?.Trim()
    ?? "the tests end otherwise than with success";

static string RunFor(string program, string[] arguments, string folder)
{
    (int code, string output) = Run(program, arguments, folder, null);
    return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ends with {code}:\n{output}");
}

static (int Code, string Output) Run(string program, string[] arguments, string folder, string? without)
{
    ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
    if (without is not null)
    {
        start.Environment[without] = "0";
    }

    using Process process = Process.Start(start)!;
    Task<string> output = process.StandardOutput.ReadToEndAsync();
    if (!process.WaitForExit(TimeSpan.FromMinutes(15)))
    {
        process.Kill(entireProcessTree: true);
        return (-1, "Failed in fifteen minutes [");
    }

    return (process.ExitCode, output.GetAwaiter().GetResult());
}

/// <summary>A fault to plant.</summary>
internal sealed record Fault(
    string Title, string File, string Old, string New, string Project, string Filter, string? Without, string? Unseen, int Nth)
{
    /// <summary>Reads a block of the list.</summary>
    /// <param name="block">The block.</param>
    /// <returns>The fault; null for a comment.</returns>
    public static Fault? Parse(string block)
    {
        Dictionary<string, string> lines = block.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "");
        if (!lines.TryGetValue("title", out string? title))
        {
            return null;
        }

        string[] tests = lines.GetValueOrDefault("tests", " ").Split(' ', 2);
        string? unseen = lines.GetValueOrDefault("unseen");
        return new Fault(
            title,
            lines["file"],
            lines.GetValueOrDefault("-", ""),
            lines.GetValueOrDefault("+", ""),
            tests[0],
            tests[1],
            lines.GetValueOrDefault("without"),
            unseen is null ? null : $"unseen: {unseen}",
            int.Parse(lines.GetValueOrDefault("nth", "1"), System.Globalization.CultureInfo.InvariantCulture));
    }
}
