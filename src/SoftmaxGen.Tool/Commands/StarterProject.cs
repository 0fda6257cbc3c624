using System.Reflection;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Declarations;

namespace SoftmaxGen.Tool.Commands;

/// <summary>The files of a project that predicts with a model.</summary>
internal static class StarterProject
{
    /// <summary>Writes the files.</summary>
    /// <param name="folder">The folder, which is made.</param>
    /// <param name="model">The model file, which is copied.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <exception cref="ToolException">The folder has something in it, or cannot be written.</exception>
    public static void Write(string folder, string model, TableDeclaration declaration)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new ToolException($"{folder}: the folder is not empty; a new project needs one of its own.");
        }

        ToolException.WhileWriting(folder, () =>
        {
            Directory.CreateDirectory(folder);
            string name = Path.GetFileName(Path.GetFullPath(folder));
            string weights = Path.GetFileName(model);
            File.Copy(model, Path.Combine(folder, weights));
            Write(folder, $"{name}.csproj", Project(weights));
            Write(folder, "Model.cs", CodeFile.Text(declaration.Shape, weights, "Models"));
            Write(folder, "Program.cs", Program(declaration.Shape));
        });
    }

    private static void Write(string folder, string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    private static string Version =>
        typeof(SoftmaxModelAttribute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Project(string weights) => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include="SoftmaxGen" Version="{Version}" />
            <AdditionalFiles Include="{System.Security.SecurityElement.Escape(weights)}" />
          </ItemGroup>

        </Project>

        """;

    private static string Program(ShapeDefinition shape) => $$"""
        using Models;

        // A row to predict: put your own values here.
        {{shape.RowTypeName}} row = new({{string.Join(", ", shape.Features.Select(Example))}});
        Span<double> probabilities = stackalloc double[{{shape.ModelTypeName}}.Classes];
        {{shape.ModelTypeName}}.Pretrained.PredictProbabilities(row, probabilities);
        for (int i = 0; i < probabilities.Length; i++)
        {
            Console.WriteLine($"{probabilities[i],7:P1}  {{{shape.ModelTypeName}}.Shape.ClassName(i)}");
        }

        """;

    private static string Example(FeatureDefinition feature) => feature switch
    {
        CategoryFeature categories => DeclarationLiteral(categories.Levels[0]),
        HashedFeature => "\"\"",
        FlagFeature => "false",
        _ => "0",
    };

    private static string DeclarationLiteral(string text) => System.Text.Json.JsonSerializer.Serialize(text, DeclarationJson.Readable.String);
}
