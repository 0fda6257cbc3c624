namespace SoftmaxGen.Extensions.Hosting;

/// <summary>How a model file is watched. Read once, when the model is registered.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
public sealed class ModelFileOptions<TModel>
    where TModel : class
{
    /// <summary>
    /// Gets or sets how often the file is looked at: from 1 millisecond to a day; the default is 1 second. A look opens the file and asks for its size and
    /// times; its content is read where these have changed. Changes that the operating system tells of are seen at once. Not all are told: a mounted or linked
    /// folder may be exchanged as a whole, and network folders tell nothing.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets the model that is in force while the file is missing or refused when the host starts. The default, null, lets the host fail to start
    /// instead.
    /// </summary>
    public TModel? Fallback { get; set; }

    /// <summary>Checks every option.</summary>
    /// <param name="parameterName">The argument that set them.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate(string parameterName) => OptionRange.Interval(PollInterval, nameof(PollInterval), parameterName);
}
