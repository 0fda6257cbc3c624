using System.Numerics;

namespace SoftmaxGen.Compiler;

/// <summary>Something that is done with a model of any type: the door from <see cref="ICompiledModel"/> to what the library offers to generic code.</summary>
/// <typeparam name="TResult">The type of what comes of it.</typeparam>
/// <example>
/// <code>
/// sealed class ToOnnx(string path) : IModelAction&lt;bool&gt;
/// {
///     public bool Run&lt;TModel, T&gt;(TModel model)
///         where TModel : class, ISoftmaxModel&lt;TModel, T&gt;
///         where T : unmanaged, IBinaryFloatingPointIeee754&lt;T&gt;
///     {
///         model.SaveOnnx&lt;TModel, T&gt;(path);
///         return true;
///     }
/// }
/// </code>
/// </example>
public interface IModelAction<out TResult>
{
    /// <summary>Does it.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <returns>What comes of it.</returns>
    TResult Run<TModel, T>(TModel model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
