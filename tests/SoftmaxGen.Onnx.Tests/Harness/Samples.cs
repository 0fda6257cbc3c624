using System.Numerics;

namespace SoftmaxGen.Onnx.Tests.Harness;

/// <summary>Models and rows of random numbers.</summary>
internal static class Samples
{
    /// <summary>Makes a model whose weights have all the digits that their type can hold.</summary>
    public static TModel Model<TModel, T>(int seed = 1)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TModel.FromWeights(Numbers<T>(TModel.Shape.ParameterCount, seed));

    /// <summary>Makes numbers between -1 and 1.</summary>
    public static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
    }

    /// <summary>Writes a model.</summary>
    public static byte[] Export<TModel, T>(TModel model, OnnxForm form)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream stream = new();
        model.SaveOnnx(stream, form);
        return stream.ToArray();
    }

    /// <summary>Reads a model.</summary>
    public static TModel Import<TModel, T>(byte[] file)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using MemoryStream stream = new(file);
        return OnnxImport.Load<TModel, T>(stream);
    }
}
