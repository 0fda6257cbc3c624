namespace SoftmaxGen;

/// <summary>
/// The model that is in force, exchanged while others predict with it: a writer publishes, any number of threads read, nobody waits. Models are
/// immutable and a reference is exchanged as a whole, so that a reader sees one published model or another and never parts of two. Thread-safe.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <remarks>
/// Take <see cref="Current"/> once for what belongs together: two reads may give two models.
/// See also <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/online.md#many-readers">many readers</see>.
/// </remarks>
/// <example>
/// <code>
/// var handle = new ModelHandle&lt;IrisModel&gt;(IrisModel.Load("iris.softmax.json"));
///
/// // Any number of threads:
/// int label = handle.Current.Predict([5.1, 3.5, 1.4, 0.2]);
///
/// // A writer, when there is a better model:
/// handle.Publish(IrisModel.Load("iris.softmax.json"));
/// </code>
/// </example>
public sealed class ModelHandle<TModel>
    where TModel : class
{
    private TModel _current;

    /// <summary>Initializes a new instance of the <see cref="ModelHandle{TModel}"/> class.</summary>
    /// <param name="model">The model in force at first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public ModelHandle(TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _current = model;
    }

    /// <summary>Gets the model in force: the one published last, whose weights are seen whole.</summary>
    public TModel Current => Volatile.Read(ref _current);

    /// <summary>Puts a model in force. Readers that hold the former one may go on using it.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public void Publish(TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);

        // A release: the model's weights, written before, are visible to whoever reads the reference.
        Volatile.Write(ref _current, model);
    }
}
