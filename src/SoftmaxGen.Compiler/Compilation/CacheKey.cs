using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator;

namespace SoftmaxGen.Compiler.Compilation;

/// <summary>What a compiled assembly depends on: the source, the vectors of the machine, the generator, the compiler, the library and the framework.</summary>
/// <param name="Hash">The SHA-256 of all of them.</param>
internal sealed record CacheKey(byte[] Hash)
{
    private static readonly string _tools = string.Join('\n', new[]
    {
        typeof(SoftmaxModelGenerator).Assembly,
        typeof(SoftmaxModelAttribute).Assembly,
        typeof(CacheKey).Assembly,
        typeof(CSharpCompilation).Assembly,
        typeof(object).Assembly,
    }.Select(Identify).Append(RuntimeInformation.ProcessArchitecture.ToString()));

    /// <summary>Gets the name of the file.</summary>
    public string FileName => $"{Convert.ToHexStringLower(Hash)}.model";

    /// <summary>Makes the key of sources.</summary>
    public static CacheKey Of(IEnumerable<string> sources, int vectorBits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in sources.Prepend($"{_tools}\n{vectorBits}"))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return new CacheKey(hash.GetHashAndReset());
    }

    // A module's version is another one for every build that differs.
    private static string Identify(Assembly assembly) => $"{assembly.FullName} {assembly.ManifestModule.ModuleVersionId}";
}
