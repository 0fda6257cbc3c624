using System.Reflection;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Walks everything an object holds on to.</summary>
internal static class ObjectGraph
{
    /// <summary>Finds every object that is reachable through fields and array elements.</summary>
    /// <param name="root">Where to start.</param>
    /// <returns>The objects, the root among them.</returns>
    public static IReadOnlyCollection<object> Reachable(object? root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object?> pending = new([root]);
        while (pending.TryPop(out object? current))
        {
            if (current is null || IsLeaf(current.GetType()) || !seen.Add(current))
            {
                continue;
            }

            foreach (object? held in Held(current))
            {
                pending.Push(held);
            }
        }

        return seen;
    }

    // Reflection itself holds on to everything there is; what is wanted here ends before it.
    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type.IsPointer || typeof(MemberInfo).IsAssignableFrom(type);

    private static IEnumerable<object?> Held(object current) =>
        current is Array array ? array.Cast<object?>() : Fields(current.GetType()).Select(field => field.GetValue(current));

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                {
                    yield return field;
                }
            }
        }
    }
}
