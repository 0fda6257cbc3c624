namespace SoftmaxGen.Mpi.Tests;

/// <summary>The launchers of MPI on this machine.</summary>
internal static class MpiTools
{
    /// <summary>What to do where there is none.</summary>
    public const string Lack = "There is no mpirun here; on Debian: apt-get install openmpi-bin mpich.";

    /// <summary>Gets the launchers that are there, of Open MPI and of MPICH. Debian tells them apart by their names.</summary>
    public static IReadOnlyList<string> Launchers { get; } = Find();

    /// <summary>
    /// Gets a value indicating whether the tests may be left out: outside of continuous integration, or where it could not install a launcher.
    /// </summary>
    public static bool MayBeMissing =>
        Environment.GetEnvironmentVariable("SOFTMAXGEN_MPIRUN") == "missing" || Environment.GetEnvironmentVariable("CI") is null or "";

    private static string[] Find()
    {
        string[] found = [.. new[] { "mpirun.openmpi", "mpirun.mpich" }.Where(IsThere)];
        return found.Length > 0 ? found : [.. new[] { "mpirun" }.Where(IsThere)];
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
