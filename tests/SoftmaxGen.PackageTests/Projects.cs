namespace SoftmaxGen.PackageTests;

/// <summary>The files of users' projects.</summary>
internal static class Projects
{
    /// <summary>A reference to the package.</summary>
    public const string Reference = """<PackageReference Include="SoftmaxGen" Version="{version}" />""";

    /// <summary>Three irises far apart, trained and predicted; it prints 2, the label of the last.</summary>
    public const string Program = """
        using System;
        using SoftmaxGen;

        internal static class Program
        {
            private static void Main()
            {
                double[] rows = { 5.1, 3.5, 1.4, 0.2, 7.0, 3.2, 4.7, 1.4, 6.3, 3.3, 6.0, 2.5 };
                int[] labels = { 0, 1, 2 };
                TrainingResult<Demo.IrisModel> fit = Demo.IrisModel.Train(rows, labels);
                Console.WriteLine(fit.Converged ? fit.Model.Predict(new double[] { 6.5, 3.2, 5.8, 2.3 }) : -1);
            }
        }
        """;

    /// <summary>The model of <see cref="Program"/>, in any namespace.</summary>
    public static string Model(string access = "public", string name = "Demo") => $$"""
        using SoftmaxGen;

        namespace {{name}}
        {
            /// <summary>Three species of iris from four measurements.</summary>
            [SoftmaxModel(Classes = 3, Features = 4)]
            {{access}} sealed partial class IrisModel { }
        }
        """;

    /// <summary>A project file.</summary>
    public static string Project(string items, string properties = "", bool isProgram = true, string framework = "<TargetFramework>net10.0</TargetFramework>") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {framework}
            {(isProgram ? "<OutputType>Exe</OutputType>" : "")}
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;
}
