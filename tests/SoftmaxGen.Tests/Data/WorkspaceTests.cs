using SoftmaxGen.Data;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Data;

/// <summary>The vectors of trainings, which outlive them.</summary>
public sealed class WorkspaceTests
{
    [Fact]
    public void Vectors_are_zero_and_come_back_in_their_order()
    {
        var workspace = new Workspace();
        double[] first = workspace.Rent(3);
        double[] second = workspace.Rent(5);
        first.AsSpan().Fill(1);
        workspace.ReturnAll();

        Assert.Same(first, workspace.Rent(3));
        Assert.Equal([0, 0, 0], first);
        double[] longer = workspace.Rent(6);
        Assert.NotSame(second, longer);
        Assert.Equal(6, longer.Length);
    }

    [Fact]
    public void A_large_workspace_is_not_shared()
    {
        var workspace = new Workspace();
        workspace.Rent(10_000);
        workspace.ReturnShared();

        Assert.NotSame(workspace, Workspace.RentShared());
    }

    [Fact]
    public void A_small_problem_is_trained_again_from_its_arrays_in_the_same_memory()
    {
        SampleData data = SampleData.Load("iris");
        var options = new TrainingOptions { L2 = 1e-3, Standardize = false };

        // Without the vectors of the training before, 7 KB: those of another test may be taken in between, so that several attempts are made.
        Assert.InRange(AssertAllocation.Bytes(() => _ = Double3x4.Train(data.Rows, data.Labels, options)), 1, 4000);
    }

    [Fact]
    public void Trainings_beside_one_another_do_not_share_their_vectors()
    {
        SampleData iris = SampleData.Load("iris");
        SampleData wine = SampleData.Load("wine");
        var options = new TrainingOptions { L2 = 1e-3 };
        double[] ofIris = Double3x4.Train(iris.Rows, iris.Labels, options).Model.Weights.ToArray();
        double[] ofWine = Double3x13.Train(wine.Rows, wine.Labels, options).Model.Weights.ToArray();

        Parallel.For(0, 400, i =>
        {
            if (i % 2 == 0)
            {
                Assert.Equal(ofIris, Double3x4.Train(iris.Rows, iris.Labels, options).Model.Weights.ToArray());
            }
            else
            {
                Assert.Equal(ofWine, Double3x13.Train(wine.Rows, wine.Labels, options).Model.Weights.ToArray());
            }
        });
    }
}
