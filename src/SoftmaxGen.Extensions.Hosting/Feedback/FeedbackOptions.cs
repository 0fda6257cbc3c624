using System.Globalization;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>How a model learns from feedback. Read once, when feedback is added.</summary>
public sealed class FeedbackOptions
{
    /// <summary>
    /// Gets or sets the path of the file that keeps what was learned, from one run of the program to the next. A relative path begins at the content root of
    /// the host. The default, null, keeps nothing: learning begins anew with each run.
    /// </summary>
    public string? StatePath { get; set; }

    /// <summary>
    /// Gets or sets the number of rows that may wait to be learned from: from 1 to 10,000,000; the default is 10,000. What comes beyond is dropped and counted.
    /// </summary>
    public int Capacity { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets how often the rows that wait are learned from and the better model is put in force: from 1 millisecond to a day; the default is 100
    /// milliseconds.
    /// </summary>
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Gets or sets how often the state is saved while there is something new in it: from 1 millisecond to a day; the default is 10 seconds. A process that is
    /// killed loses what it learned since. The state is saved when the host stops, too.
    /// </summary>
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how to learn; null, the default, for the defaults of <see cref="OnlineOptions"/>. A state that is resumed goes on with the options that it
    /// was saved with.
    /// </summary>
    public OnlineOptions? Learning { get; set; }

    /// <summary>Checks every option.</summary>
    /// <param name="parameterName">The argument that set them.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate(string parameterName)
    {
        OptionRange.Interval(PublishInterval, nameof(PublishInterval), parameterName);
        OptionRange.Interval(SaveInterval, nameof(SaveInterval), parameterName);
        if (Capacity is < 1 or > 10_000_000)
        {
            throw new ArgumentOutOfRangeException(
                parameterName, Capacity, string.Create(CultureInfo.InvariantCulture, $"{nameof(Capacity)} is {Capacity}; it must be from 1 to 10000000."));
        }
    }
}
