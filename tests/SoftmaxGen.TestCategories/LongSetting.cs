using System.Globalization;

namespace SoftmaxGen;

/// <summary>
/// Numbers by which tests that search by chance are made to search for longer. <c>docs/testing.md</c> lists the environment variables; without them a test
/// takes seconds.
/// </summary>
public static class LongSetting
{
    /// <summary>Reads an environment variable.</summary>
    /// <param name="variable">Its name.</param>
    /// <param name="otherwise">The number where it is not set.</param>
    /// <returns>The number.</returns>
    public static int Of(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
