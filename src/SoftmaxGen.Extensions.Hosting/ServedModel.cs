namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// The model in force, with a count of its predictions: what a service asks for when it predicts. Registered by <c>AddSoftmaxModel</c>. Thread-safe; nothing is
/// allocated.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/serving.md">serving</see>.</remarks>
/// <example>
/// <code>
/// app.MapPost("/predict", (Client client, ServedModel&lt;ChurnModel&gt; churn) => churn.Use().Predict(client));
/// </code>
/// </example>
public sealed class ServedModel<TModel>
    where TModel : class
{
    private readonly ModelMeters _meters;

    /// <summary>Initializes a new instance of the <see cref="ServedModel{TModel}"/> class.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="meters">The meters.</param>
    internal ServedModel(ModelHandle<TModel> handle, ModelMeters meters)
    {
        Handle = handle;
        _meters = meters;
    }

    /// <summary>Gets the handle of the model, which counts nothing.</summary>
    public ModelHandle<TModel> Handle { get; }

    /// <summary>Gets the model in force and counts the predictions that are to be made with it.</summary>
    /// <param name="predictions">The number of predictions: the rows of a batch.</param>
    /// <returns>The model. Take it once for predictions that belong together: two calls may give two models.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="predictions"/> is negative.</exception>
    public TModel Use(int predictions = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(predictions);
        _meters.Predictions(predictions);
        return Handle.Current;
    }
}
