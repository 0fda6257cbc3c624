namespace SoftmaxGen.Mpi.Tests;

/// <summary>Which library is loaded.</summary>
public sealed class MpiLibraryTests
{
    [Theory]
    [InlineData("libmpi.so.40")]
    [InlineData("libmpi.so.40", "OMPI_COMM_WORLD_SIZE")]
    [InlineData("libmpi.so.40", "OMPI_COMM_WORLD_SIZE", "PMI_RANK")]
    [InlineData("libmpich.so.12", "PMI_RANK")]
    [InlineData("libmpich.so.12", "PMI_FD")]
    public void The_launcher_tells_which_library_comes_first(string first, params string[] variables)
    {
        List<string> candidates = [.. MpiLibrary.Candidates(name => variables.Contains(name) ? "1" : null)];

        Assert.Equal(first, candidates[0]);
        Assert.Contains("libmpi.so.40", candidates);
        Assert.Contains("libmpich.so.12", candidates);
    }

    [Fact]
    public void A_path_that_is_given_is_the_only_one() =>
        Assert.Equal(["/opt/mpi.so"], MpiLibrary.Candidates(name => name == MpiLibrary.PathVariable ? "/opt/mpi.so" : "1"));
}
