using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>The mask that keeps a class from counting twice where the last vector of classes repeats some of the one before.</summary>
internal static class NewClassesEmitter
{
    /// <summary>Emits the mask; nothing where no lane repeats a class.</summary>
    public static void Emit(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row)
    {
        if (row.Repeated == 0)
        {
            return;
        }

        (string integer, string cast) = plan.Scalar == "double" ? ("L", "AsDouble") : ("", "AsSingle");
        IEnumerable<string> lanes = Enumerable
            .Range(0, width.Lanes)
            .Select(lane => (lane >= row.FirstRepeated && lane < row.FirstRepeated + row.Repeated ? "0" : "-1") + integer);
        string vector = $"Vector{width.Bits}";
        writer.BlankLine();
        writer.Write($"""
            // The lanes of the vector that repeats classes whose classes no other lane has.
            {KernelText.Inline}
            private static {vector}<{plan.Scalar}> NewClasses() =>
                {vector}.{cast}({vector}.Create({string.Join(", ", lanes)}));
            """);
    }
}
