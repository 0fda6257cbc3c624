using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The members that load a model. They only spare the user the type arguments of <c>ModelFile.Load</c>.</summary>
internal static class PersistenceEmitter
{
    private const string ModelFile = "global::SoftmaxGen.ModelFile";

    /// <summary>Writes the members.</summary>
    public static void Emit(SourceWriter writer, KernelPlan plan)
    {
        string self = plan.Model.Type.SelfReference;
        EmitLoad(writer, self, plan.Scalar, "global::System.IO.Stream", "stream");
        EmitLoad(writer, self, plan.Scalar, "string", "path");
    }

    private static void EmitLoad(SourceWriter writer, string self, string scalar, string type, string argument)
    {
        writer.BlankLine();
        writer.Write($"""
            /// <inheritdoc cref="{ModelFile}.Load{"{TModel, T}"}({type})"/>
            {Names.GeneratedCode}
            public static {self} Load({type} {argument}) => {ModelFile}.Load<{self}, {scalar}>({argument});
            """);
    }
}
