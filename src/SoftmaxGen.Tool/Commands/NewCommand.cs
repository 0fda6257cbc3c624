using System.CommandLine;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>new</c>: a project with a trained model baked in, which reads nothing and predicts.</summary>
internal static class NewCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var model = new Argument<string>("model") { Description = "The model file." };
        var folder = new Argument<string>("folder") { Description = "The folder of the project, which is made; it must not be there, or be empty." };
        var command = new Command("new", "Writes a project that predicts with a model.") { model, folder };
        command.SetAction((parsed, _) =>
        {
            string path = parsed.GetValue(model)!;
            string target = parsed.GetValue(folder)!;
            TableDeclaration declaration = ModelDocument.ReadDeclaration(path);
            StarterProject.Write(target, path, declaration);
            screen.WriteLine($"{target} is a project: dotnet run --project {target}");
            return Task.FromResult(0);
        });
        return command;
    }
}
