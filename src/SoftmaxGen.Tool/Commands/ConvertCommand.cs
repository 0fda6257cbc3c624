using System.CommandLine;
using System.Numerics;
using System.Text;
using SoftmaxGen.Compiler;
using SoftmaxGen.Onnx;
using SoftmaxGen.Persistence;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>convert</c>: a model for other programs.</summary>
internal static class ConvertCommand
{
    private static readonly string[] _forms = ["onnx", "sklearn", "csharp", "declaration"];

    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var model = new Argument<string>("model") { Description = "The model file." };
        var output = new Argument<string>("out") { Description = "The file to write." };
        var form = new Option<string?>("--to")
        {
            Description = "onnx; sklearn, JSON for scikit-learn; csharp, a class that needs no package; declaration, the C# of train --code. "
                + "By default as the ending of the file says.",
        };
        form.AcceptOnlyFromAmong(_forms);
        var command = new Command("convert", "Writes a model for other programs.") { model, output, form };
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(model)!;
            string target = parsed.GetValue(output)!;
            string chosen = parsed.GetValue(form) ?? FormOf(target);
            TableDeclaration declaration = ModelDocument.ReadDeclaration(path);
            if (chosen == "declaration")
            {
                CodeFile.Write(target, declaration.Shape, path, "Models");
            }
            else
            {
                using ICompiledTrainer trainer = ModelDocument.Load(path, declaration, out ICompiledModel compiled, cancellationToken);
                ToolException.WhileWriting(target, () => AtomicFile.Write(target, stream => compiled.Accept(new Export(stream, chosen))));
            }

            screen.WriteLine($"{target} is {path} for {chosen}.");
            return Task.FromResult(0);
        });
        return command;
    }

    private static string FormOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".ONNX" => "onnx",
        ".CS" => "csharp",
        ".JSON" => "sklearn",
        _ => throw ToolException.Usage($"{path}: the ending does not tell the form; give --to {string.Join(", ", _forms[..^1])} or {_forms[^1]}."),
    };

    private sealed class Export(Stream stream, string form) : IModelAction<Stream>
    {
        public Stream Run<TModel, T>(TModel model)
            where TModel : class, ISoftmaxModel<TModel, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            switch (form)
            {
                case "onnx":
                    model.SaveOnnx<TModel, T>(stream);
                    break;
                case "sklearn":
                    model.ExportSklearn<TModel, T>(stream);
                    break;
                default:
                    stream.Write(Encoding.UTF8.GetBytes(model.ToCSharp<TModel, T>("Models.Classifier")));
                    break;
            }

            return stream;
        }
    }
}
