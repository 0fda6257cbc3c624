using System.Text;
using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>A file of a model whose rows have other levels, edges or members is refused by the column that tells.</summary>
public class ForeignFileTests
{
    /// <summary>Gets columns of the model and what they were called when the file was saved.</summary>
    public static TheoryData<string, string> Renamed { get; } = new()
    {
        { "Age[18,25)", "Age[18,30)" },
        { "Load>2", "Load>3" },
        { "Contract=TwoYears", "Contract=FiveYears" },
        { "Country=FR", "Country=ES" },
    };

    [Theory]
    [MemberData(nameof(Renamed))]
    public void Another_name_is_told_with_that_of_the_model(string model, string file)
    {
        string text = Save(ClientPlanModel.FromWeights(new double[ClientPlanModel.ParameterCount]));
        string foreign = text.Replace($"\"{model}\"", $"\"{file}\"", StringComparison.Ordinal);
        Assert.NotEqual(text, foreign);

        string message = Assert.Throws<ModelFormatException>(() => Load(foreign)).Message;

        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains($"'{model}' in the model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_columns_is_told_by_the_first_that_differs()
    {
        string text = Save(ClientPlanModel.FromWeights(new double[ClientPlanModel.ParameterCount]));
        string fewer = text.Replace("\"Age[18,25)\",", "", StringComparison.Ordinal)
            .Replace($"\"features\": {ClientPlanModel.Features}", $"\"features\": {ClientPlanModel.Features - 1}", StringComparison.Ordinal);
        Assert.NotEqual(text.Length, fewer.Length);

        Assert.Contains("is \"Age[25,35.5)\" in the file and 'Age[18,25)' in the model", Assert.Throws<ModelFormatException>(() => Load(fewer)).Message,
            StringComparison.Ordinal);
    }

    private static string Save(ClientPlanModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static ClientPlanModel Load(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ClientPlanModel.Load(stream);
    }
}
