using SoftmaxGen.DiskProbe;
using SoftmaxGen.Tests.Ranks;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Ranks that have a file each train what one process trains that has all rows in memory, to the bit.</summary>
public sealed class RankTests
{
    [Theory]
    [InlineData(Extras.Weights)]
    [InlineData(Extras.Targets)]
    public void Files_of_ranks_are_one_set(Extras extras)
    {
        using var folder = new Folder();
        var rows = new RandomRows<ManyClassesModel, double>(20_000, extras);
        using TrainingSet<ManyClassesModel, double> memory = rows.InMemory();
        double[] expected = SameSets.Derivatives(memory, 1);

        double[][] actual = ThreadGroup.Run(2, group =>
        {
            string path = folder[$"rows.{group.Rank}"];
            RankShare share = group.ShareOf(rows.Count);
            rows.InFile(path, (int)share.First, (int)(share.First + share.Count)).Dispose();
            using TrainingSet<ManyClassesModel, double> part = TrainingSet<ManyClassesModel, double>.Open(path);
            using TrainingSet<ManyClassesModel, double> all = part.Join(group);
            return SameSets.Derivatives(all, 1);
        });

        Assert.All(actual, one => SameSets.Equal(expected, one));
    }
}
