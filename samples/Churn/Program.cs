// A web service that predicts which clients leave, learns from what became of them, and takes a new model whenever its file changes.
//
//   dotnet run --project samples/Churn                        trains on its first start, then serves
//   dotnet run --project samples/Churn -- train FILE SEED     trains a model and saves it: put over the file of a running service, it is in force at once
using System.Globalization;
using ChurnService;
using SoftmaxGen;
using SoftmaxGen.Extensions.Hosting;

if (args is ["train", string target, string seed])
{
    History.Train(int.Parse(seed, CultureInfo.InvariantCulture)).Save(target);
    return;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
string file = Path.Combine(builder.Environment.ContentRootPath, "churn.softmax.json");
if (!File.Exists(file))
{
    History.Train(seed: 1).Save(file);
}

builder.Services.AddSoftmaxModel<ChurnModel>(file)
    .AddFeedback(static options => (options.StatePath, options.SaveInterval) = ("churn.state", TimeSpan.FromSeconds(1)))
    .AddHealthCheck();
using var metrics = new MetricsText();
builder.Services.AddSingleton(metrics);
builder.Services.ConfigureHttpJsonOptions(static options =>
{
    options.SerializerOptions.TypeInfoResolverChain.Insert(0, ChurnJson.Default);

    // A member that is left out is a mistake, and not a 0.
    options.SerializerOptions.RespectRequiredConstructorParameters = true;
});
WebApplication app = builder.Build();

// What a model refuses, a number that is not finite for example, is the client's fault.
app.Use(static async (context, next) =>
{
    try
    {
        await next(context);
    }
    catch (ArgumentException refused) when (!context.Response.HasStarted)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await context.Response.WriteAsync(refused.Message);
    }
});

app.MapPost("/predict", static (Client client, ServedModel<ChurnModel> churn) => churn.Use().Answer(in client));
app.MapPost("/feedback", static (Outcome outcome, ModelFeedback<ChurnModel, double> feedback) =>
    feedback.TryPost(outcome.Client, outcome.Churn) ? Results.Accepted() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
app.MapGet("/model", static (ModelFeedback<ChurnModel, double> feedback) => new ModelStatus(feedback.Learned, feedback.Waiting));
app.MapGet("/metrics", static (MetricsText metrics) => metrics.ToString());
app.MapHealthChecks("/health");
await app.RunAsync();
