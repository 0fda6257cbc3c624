using System.Globalization;

namespace SoftmaxGen.Generator;

/// <summary>
/// Makes the invariant culture current until disposed of: numbers interpolated into generated code must not depend on the machine
/// that runs the compiler.
/// </summary>
internal readonly ref struct InvariantCulture
{
    private readonly CultureInfo _previous;

    private InvariantCulture(CultureInfo previous) => _previous = previous;

#pragma warning disable RS1035 // The rule bans the current culture as an input; here it is replaced.
    /// <summary>Makes the invariant culture current.</summary>
    /// <returns>What restores the previous culture.</returns>
    public static InvariantCulture Enter()
    {
        InvariantCulture scope = new(CultureInfo.CurrentCulture);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return scope;
    }

    /// <summary>Restores the previous culture.</summary>
    public void Dispose() => CultureInfo.CurrentCulture = _previous;
#pragma warning restore RS1035
}
