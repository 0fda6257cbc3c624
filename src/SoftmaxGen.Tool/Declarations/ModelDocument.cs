using System.Text;
using System.Text.Json;
using SoftmaxGen.Compiler;
using SoftmaxGen.Persistence;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Declarations;

/// <summary>A model file with a declaration: what the tool writes, and all that it needs to predict.</summary>
internal static class ModelDocument
{
    private const string Field = "x-declaration";

    /// <summary>Writes a trained model.</summary>
    /// <param name="path">The path, which is replaced when it exists.</param>
    /// <param name="training">The training.</param>
    /// <param name="declaration">What the model reads.</param>
    public static void Save(string path, CompiledTraining training, TableDeclaration declaration)
    {
        using var model = new MemoryStream();
        training.Save(model, ModelFormat.Json);
        string text = Encoding.UTF8.GetString(model.GetBuffer(), 0, (int)model.Length);
        string field = JsonSerializer.Serialize(declaration, DeclarationJson.Readable.TableDeclaration);
        string whole = $"{text.TrimEnd().TrimEnd('}').TrimEnd()},\n  \"{Field}\": {field}\n}}\n";
        ToolException.WhileWriting(path, () => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(whole))));
    }

    /// <summary>Reads the declaration of a model file.</summary>
    /// <exception cref="ToolException">The file is missing, no model file, or has no declaration.</exception>
    public static TableDeclaration ReadDeclaration(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!document.RootElement.TryGetProperty(Field, out JsonElement field))
            {
                throw new ToolException(
                    $"{path}: the file has no \"{Field}\", so that nothing says what its columns are made of. The models of softmaxgen train have it.");
            }

            TableDeclaration declaration = field.Deserialize(DeclarationJson.Readable.TableDeclaration)
                ?? throw new JsonException($"\"{Field}\" is null.");
            return declaration.Version == TableDeclaration.CurrentVersion
                ? declaration
                : throw new ToolException(
                    $"{path}: the declaration is of version {declaration.Version}; this release of softmaxgen reads {TableDeclaration.CurrentVersion}.");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException($"{path}: there is no such file.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new ToolException($"{path}: the file is no model of softmaxgen train in the JSON form: {failure.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{path}: {failure.Message}");
        }
    }

    /// <summary>Compiles the shape of a model file, or takes it from the cache, and loads the model.</summary>
    /// <returns>The shape, to be disposed of by the caller.</returns>
    public static ICompiledTrainer Load(string path, TableDeclaration declaration, out ICompiledModel model, CancellationToken cancellationToken)
    {
        try
        {
            ICompiledTrainer trainer = ModelCompiler.Compile(declaration.Shape, cancellationToken: cancellationToken);
            model = trainer.Load(path);
            return trainer;
        }
        catch (ModelFormatException failure)
        {
            throw new ToolException(failure.Message);
        }
        catch (ArgumentException failure)
        {
            throw new ToolException($"{path}: the declaration is no shape: {failure.Message}");
        }
    }
}
