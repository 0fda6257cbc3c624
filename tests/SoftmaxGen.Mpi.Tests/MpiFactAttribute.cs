namespace SoftmaxGen.Mpi.Tests;

/// <summary>
/// A test that starts processes of MPI: skipped, with the reason, where there is no launcher, unless it is continuous integration on a machine where one could
/// be installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute()
    {
        if (MpiTools.Launchers.Count == 0 && MpiTools.MayBeMissing)
        {
            Skip = MpiTools.Lack;
        }
    }
}
