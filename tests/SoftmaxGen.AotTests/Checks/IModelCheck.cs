using System.Numerics;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>What is checked of a model, whichever it is.</summary>
internal interface IModelCheck
{
    /// <summary>Checks a model.</summary>
    void Run<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
