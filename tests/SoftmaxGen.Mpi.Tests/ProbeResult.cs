using System.Text.RegularExpressions;

namespace SoftmaxGen.Mpi.Tests;

/// <summary>What a run of the program gave.</summary>
internal sealed record ProbeResult(int ExitCode, string Output, string Errors, TimeSpan Elapsed)
{
    /// <summary>Gets the digest of the weights, the iterations and the passes: what does not depend on ranks.</summary>
    public string Fit
    {
        get
        {
            // Before it there may be what a terminal is told.
            Assert.True(ExitCode == 0, Output + Errors);
            return Regex.Match(Output, "[0-9A-F]{16} [0-9]+ [0-9]+ ").Value;
        }
    }
}
