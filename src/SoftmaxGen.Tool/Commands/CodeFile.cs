using System.Text;
using SoftmaxGen.Compiler;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Tool.Commands;

/// <summary>The C# file of a model: the declaration that was compiled, with the model file baked in.</summary>
internal static class CodeFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The path, which is replaced when it exists.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="model">The model file.</param>
    /// <param name="space">The namespace.</param>
    /// <exception cref="ToolException">The namespace is none, or the file cannot be written.</exception>
    public static void Write(string path, ShapeDefinition shape, string model, string space)
    {
        try
        {
            string code = Text(shape, Path.GetFileName(model), space);
            ToolException.WhileWriting(path, () => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(code))));
        }
        catch (ArgumentException failure)
        {
            throw ToolException.Usage($"--namespace: {failure.Message}");
        }
    }

    /// <summary>Writes the text of the file.</summary>
    public static string Text(ShapeDefinition shape, string model, string space) => $"""
        // The weights are those of {model}, which the project lists:
        //   <ItemGroup>
        //     <AdditionalFiles Include="{model}" />
        //   </ItemGroup>

        """ + shape.ToCSharp(new DeclarationOptions { Namespace = space, Weights = model });
}
