using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SoftmaxGen.Compiler.Compilation;

namespace SoftmaxGen.Compiler.Bridge;

/// <summary>Finds the model in a compiled assembly and closes the bridge over its type: the one place that reflects.</summary>
internal static class CompiledTrainerFactory
{
    /// <summary>Makes a trainer.</summary>
    /// <exception cref="ModelCompilationException">There is not one model.</exception>
    [RequiresDynamicCode("Closes generic types over a type that was compiled at run time.")]
    [RequiresUnreferencedCode("Finds types by reflection.")]
    public static ICompiledTrainer Create(ModelContext context, Assembly assembly)
    {
        Type[] types = assembly.GetTypes();
        Type[] models = [.. types.Where(static type => type.IsDefined(typeof(ModelSettingsAttribute), inherit: false))];
        if (models is not [{ IsGenericTypeDefinition: false } model])
        {
            throw new ModelCompilationException(models.Length == 1
                ? $"{models[0].Name} has type parameters; compile a model without."
                : $"The source must declare one model, a partial class with [SoftmaxModel]; there are {models.Length}.");
        }

        Type scalar = model.GetInterfaces().Single(IsModel).GenericTypeArguments[1];
        Type reader = typeof(IRowReader<,>).MakeGenericType(model, scalar);
        object? rows = Array.Find(types, reader.IsAssignableFrom) is { } type ? Activator.CreateInstance(type) : null;
        return (ICompiledTrainer)Activator.CreateInstance(
            typeof(CompiledTrainer<,>).MakeGenericType(model, scalar), BindingFlags.Public | BindingFlags.Instance, null, [context, rows], null)!;
    }

    private static bool IsModel(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ISoftmaxModel<,>);
}
