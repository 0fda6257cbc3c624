using System.Reflection;
using System.Text;
using SoftmaxGen.Onnx;
using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Messages;

/// <summary>Whatever loads files says which file it could not load, whatever is wrong with it, by a path or by a stream that is a file.</summary>
public sealed class FileNameTests
{
    public static TheoryData<string> Contents => ["", "{}", "[1, 2", "\u0089SMO\r\n\u001a\n", "\u0089SMG\r\n\u001a\n1234567890123456789012345678901234567890"];

    [Theory]
    [MemberData(nameof(Contents))]
    public void What_cannot_be_loaded_is_said_with_the_name_of_the_file(string content)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-names-");
        string path = Path.Combine(folder.FullName, "some file");
        try
        {
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
            int calls = 0;
            foreach (PublicCall load in Loads())
            {
                using FileStream stream = File.OpenRead(path);
                bool takesPath = load.Parameters[0].ParameterType == typeof(string);

                var exception = Assert.IsType<ModelFormatException>(load.Invoke(null, [takesPath ? path : stream]));

                Assert.StartsWith($"{path}: ", exception.Message, StringComparison.Ordinal);
                Assert.Equal(path, exception.FileName);
                if (!takesPath)
                {
                    var ofMemory = Assert.IsType<ModelFormatException>(load.Invoke(null, [new MemoryStream(Encoding.Latin1.GetBytes(content))]));
                    Assert.Null(ofMemory.FileName);
                    Assert.Equal($"{path}: {ofMemory.Message}", exception.Message);
                }

                calls++;
            }

            // Model files, scikit-learn's, moments, learners, ONNX, and the model's own: each by a path and by a stream.
            Assert.Equal(12, calls);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<PublicCall> Loads() => typeof(SoftmaxTrainer).Assembly.GetExportedTypes()
        .Concat(typeof(OnnxImport).Assembly.GetExportedTypes())
        .Where(static type => type.GetMember("Load").Length > 0)
        .Select(static type => type.IsGenericTypeDefinition ? type.MakeGenericType(Close(type.GetGenericArguments())) : type)
        .Append(typeof(FlowerModel))
        .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(static method => method.Name == "Load")
            .Select(method => PublicCall.Of(
                type, method.IsGenericMethodDefinition ? method.MakeGenericMethod(Close(method.GetGenericArguments())) : method)));

    private static Type[] Close(Type[] parameters) => Array.ConvertAll(parameters, ArgumentPool<FlowerModel, Species, Flower>.Close);
}
