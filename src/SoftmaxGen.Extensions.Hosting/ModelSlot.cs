namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// The model that was registered or read last, its <i>basis</i>, and the handle of the model in force, which may be what was learned since. A file's model wins
/// over what was learned from the file before. Thread-safe.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <param name="model">The first model.</param>
internal sealed class ModelSlot<TModel>(TModel model)
    where TModel : class
{
    private readonly Lock _exchange = new();
    private TModel _basis = model;

    /// <summary>Gets the handle of the model in force.</summary>
    public ModelHandle<TModel> Handle { get; } = new(model);

    /// <summary>Gets the model that learning begins from.</summary>
    public TModel Basis => Volatile.Read(ref _basis);

    /// <summary>Puts another model in force, from which learning begins anew.</summary>
    public void Replace(TModel model)
    {
        lock (_exchange)
        {
            Volatile.Write(ref _basis, model);
            Handle.Publish(model);
        }
    }

    /// <summary>Puts in force what was learned, unless another model has come since.</summary>
    public void Improve(TModel basis, TModel learned)
    {
        lock (_exchange)
        {
            if (ReferenceEquals(basis, _basis))
            {
                Handle.Publish(learned);
            }
        }
    }
}
