using System.Globalization;

namespace SoftmaxGen.Compiler.Shapes;

/// <summary>Names of which each is given once.</summary>
/// <param name="taken">Names that are taken already.</param>
internal sealed class UniqueNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];

    /// <summary>Gives a name.</summary>
    /// <returns>The name, with a number behind where it is taken.</returns>
    public string Add(string name)
    {
        string unique = name;
        for (int number = 2; !_taken.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
        }

        return unique;
    }
}
