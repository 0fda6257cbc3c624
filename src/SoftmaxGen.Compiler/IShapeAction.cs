using System.Numerics;

namespace SoftmaxGen.Compiler;

/// <summary>Something that is done with a shape of any type: the door from <see cref="ICompiledTrainer"/> to what the library offers to generic code.</summary>
/// <typeparam name="TResult">The type of what comes of it.</typeparam>
public interface IShapeAction<out TResult>
{
    /// <summary>Does it.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="wrap">Makes a handle of a model.</param>
    /// <returns>What comes of it.</returns>
    TResult Run<TModel, T>(Func<TModel, ICompiledModel> wrap)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
