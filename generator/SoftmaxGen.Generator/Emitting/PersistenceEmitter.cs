using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The members that load a model. They only spare the user the type arguments of <c>ModelFile.Load</c>.</summary>
internal static class PersistenceEmitter
{
    private const string ModelFile = "global::SoftmaxGen.ModelFile";

    /// <summary>Writes the members.</summary>
    /// <param name="writer">The file of the members that the user sees.</param>
    /// <param name="plan">The plan of the model.</param>
    public static void Emit(SourceWriter writer, KernelPlan plan)
    {
        string self = plan.Model.Type.SelfReference;
        EmitLoad(writer, self, plan.Scalar, "global::System.IO.Stream", "stream", "The stream, read from its position to its end and left open.");
        EmitLoad(writer, self, plan.Scalar, "string", "path", "The path of the file.");
    }

    private static void EmitLoad(SourceWriter writer, string self, string scalar, string type, string argument, string meaning)
    {
        writer.BlankLine();
        writer.Write($"""
            /// <summary>Loads a model from a file, in whichever form it is.</summary>
            /// <param name="{argument}">{meaning}</param>
            /// <returns>The model.</returns>
            /// <exception cref="global::SoftmaxGen.ModelFormatException">The file is damaged, or it is no file of this model; the message says why.</exception>
            {Names.GeneratedCode}
            public static {self} Load({type} {argument}) => {ModelFile}.Load<{self}, {scalar}>({argument});
            """);
    }
}
