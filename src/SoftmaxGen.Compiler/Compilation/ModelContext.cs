using System.Reflection;
using System.Runtime.Loader;

namespace SoftmaxGen.Compiler.Compilation;

/// <summary>
/// Holds a compiled assembly until nothing of it is in use. Whatever the program itself was loaded into, the assembly sees the same SoftmaxGen.
/// </summary>
internal sealed class ModelContext() : AssemblyLoadContext("SoftmaxGen model", isCollectible: true)
{
    private static readonly Assembly[] _shared = [typeof(SoftmaxModelAttribute).Assembly, typeof(ModelContext).Assembly];

    /// <summary>Loads an assembly.</summary>
    public Assembly Load(byte[] image)
    {
        using var stream = new MemoryStream(image, writable: false);
        return LoadFromStream(stream);
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Array.Find(_shared, assembly => assembly.GetName().Name == assemblyName.Name);
}
