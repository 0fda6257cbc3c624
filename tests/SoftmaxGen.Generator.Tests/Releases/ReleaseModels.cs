using System.Globalization;
using System.Numerics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Releases;

/// <summary>The models that the next release is kept by: plain ones in both precisions, rows and labels of a program's own types, and baked weights.</summary>
internal static class ReleaseModels
{
    /// <summary>The file that <c>Baked</c> takes its weights from.</summary>
    public const string WeightsName = "Baked.softmax.json";

    /// <summary>The declarations. What belongs to a program's own types cannot be written in the tests, which do not know them.</summary>
    public const string Source = """
        using System;
        using System.Linq;
        using SoftmaxGen;

        namespace Kept;

        [SoftmaxModel(Classes = 3, Features = 4)]
        public sealed partial class Small;

        [SoftmaxModel(Classes = 10, Features = 64, FirstLabel = 1, Precision = SoftmaxPrecision.Single)]
        public sealed partial class Wide;

        [SoftmaxModel(Classes = 4, Features = 40, Weights = "Baked.softmax.json")]
        public sealed partial class Baked;

        public enum Risk : byte { [NotAClass] Unknown, High = 200, Low = 10, Medium = 20 }

        public sealed record Client(double Age, bool Owner, float Income, [property: Label] Risk Risk);

        [SoftmaxModel<Risk, Client>]
        public sealed partial class Typed;

        public static class TypedRows
        {
            private static readonly Risk[] Classes = { Risk.Low, Risk.Medium, Risk.High };

            public static double[] Train(double[] rows, int[] classes, TrainingOptions options) =>
                Typed.Train(Clients(rows, classes), options).Model.Weights.ToArray();

            public static int[] Predict(double[] weights, double[] rows, int[] classes)
            {
                Client[] clients = Clients(rows, classes);
                Typed model = Typed.FromWeights(weights);
                var labels = new Risk[clients.Length];
                model.PredictBatch(clients, labels);
                return clients.Select((client, i) => model.Predict(client) == labels[i] ? Array.IndexOf(Classes, labels[i]) : -1).ToArray();
            }

            private static Client[] Clients(double[] rows, int[] classes) =>
                classes.Select((index, i) => new Client(rows[3 * i], rows[(3 * i) + 1] != 0, (float)rows[(3 * i) + 2], Classes[index])).ToArray();
        }
        """;

    private static readonly MethodInfo _save = typeof(ReleaseModels).GetMethod(nameof(SaveModel), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Gets the models.</summary>
    public static string[] Names => ["Small", "Wide", "Baked", "Typed"];

    /// <summary>Gets the text of <see cref="WeightsName"/>: two weights of three are zero, and no kernel multiplies by them.</summary>
    public static string Weights => $$"""
        {
          "format": "softmaxgen-model", "version": 1, "classes": 4, "features": 40, "precision": "double", "firstLabel": 0,
          "weights": [{{string.Join(", ", Enumerable.Range(0, 4).Select(WeightsOf))}}],
          "checksum": "none"
        }
        """;

    /// <summary>Compiles the declarations with what the generator writes for them.</summary>
    public static Compilation Compile() =>
        WeightsFiles.CompileWithModels(Settings.Default, Source, new TextFile("/project/" + WeightsName, Weights));

    /// <summary>Makes a model of the assembly and saves it.</summary>
    public static void Save(Assembly assembly, string name, string path)
    {
        Type model = assembly.GetType("Kept." + name, throwOnError: true)!;
        _save.MakeGenericMethod(model, Scalar(model)).Invoke(null, [model.GetProperty("Pretrained")?.GetValue(null), path]);
    }

    /// <summary>Finds the precision of a model.</summary>
    public static Type Scalar(Type model) => model.GetInterfaces()
        .First(static type => type.GetGenericTypeDefinition() == typeof(ISoftmaxModel<,>))
        .GetGenericArguments()[1];

    private static void SaveModel<TModel, T>(TModel? pretrained, string path)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (pretrained ?? TModel.FromWeights([.. Enumerable.Range(0, TModel.Shape.ParameterCount).Select(Weight<T>)])).Save(path);

    // Sixteenths, which are exact in both precisions.
    private static T Weight<T>(int index)
        where T : INumberBase<T> => T.CreateTruncating(((index * 7 % 31) - 15) / 16.0);

    private static string WeightsOf(int index)
    {
        IEnumerable<string> features = Enumerable.Range(0, 40)
            .Select(k => k % 3 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{((k + (5 * index)) % 11) - 5}.5") : "0");
        return $"[{index.ToString(CultureInfo.InvariantCulture)}, {string.Join(", ", features)}]";
    }
}
