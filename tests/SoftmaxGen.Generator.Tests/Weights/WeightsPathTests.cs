using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Weights;

/// <summary>The name that an attribute gives a weights file, however it is written.</summary>
public class WeightsPathTests
{
    [Theory]
    [InlineData("model.softmax.json", true)]
    [InlineData("weights/model.softmax.json", true)]
    [InlineData("./weights/model.softmax.json", true)]
    [InlineData("weights//model.softmax.json", true)]
    [InlineData("weights\\\\model.softmax.json", true)]
    [InlineData(".\\\\weights\\\\.\\\\model.softmax.json", true)]
    [InlineData("../project/weights/model.softmax.json", true)]
    [InlineData("other/../weights/model.softmax.json", true)]
    [InlineData("/project/weights/model.softmax.json", true)]
    [InlineData("/other/weights/model.softmax.json", false)]
    [InlineData("/far/away/project/weights/model.softmax.json", false)]
    [InlineData("eights/model.softmax.json", false)]
    [InlineData("Weights/model.softmax.json", false)]
    [InlineData("odel.softmax.json", false)]
    [InlineData("./", false)]
    [InlineData("", false)]
    public async Task A_name_is_the_end_of_a_path(string name, bool isFound)
    {
        string source = WeightsFiles.Model.Replace("model.softmax.json", name, StringComparison.Ordinal);

        string[] ids = [.. (await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File())).Select(static diagnostic => diagnostic.Id)];

        Assert.Equal(isFound ? [] : ["SMG0041"], ids);
        Assert.Equal(isFound, WeightsFiles.Pretrained(source, WeightsFiles.File()) is not null);
    }

    [Fact]
    public void The_path_may_have_steps_that_lead_nowhere() => Assert.NotNull(
        WeightsFiles.Pretrained(WeightsFiles.Model.Replace("model.", "weights/model.", StringComparison.Ordinal),
            new TextFile("/project/src/../weights//./model.softmax.json", WeightsFiles.Text)));
}
