using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>A compilation that was emitted, with nothing to complain about, and loaded into a context of its own.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new(nameof(LoadedAssembly), isCollectible: true);

    public LoadedAssembly(Compilation compilation)
    {
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        GeneratorHarness.AssertClean(result.Diagnostics);
        image.Position = 0;
        Assembly = _context.LoadFromStream(image);
    }

    /// <summary>Gets the assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Makes a delegate of a static method.</summary>
    public TDelegate Method<TDelegate>(string typeName, string methodName)
        where TDelegate : Delegate =>
        Assembly.GetType(typeName, throwOnError: true)!
            .GetMethod(methodName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<TDelegate>();

    public void Dispose() => _context.Unload();
}
