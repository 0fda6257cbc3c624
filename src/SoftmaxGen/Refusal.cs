using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>Makes exceptions whose messages are the same in every culture.</summary>
internal static class Refusal
{
    public static ArgumentException Argument(FormattableString message, string parameterName) => new(Invariant(message), parameterName);

    public static ArgumentOutOfRangeException OutOfRange(string parameterName, object? value, FormattableString message) =>
        new(parameterName, value, Invariant(message));
}
