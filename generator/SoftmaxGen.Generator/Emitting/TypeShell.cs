using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>What a file with members of the model begins and ends with: the header, the namespace, and the types around the members.</summary>
internal static class TypeShell
{
    public static void Open(SourceWriter writer, KernelPlan plan, string title, string baseList = "", bool withPlan = false, string remarks = "")
    {
        TypeSpec type = plan.Model.Type;
        FileHeader.Write(writer, title);
        if (withPlan)
        {
            FileHeader.WritePlan(writer, plan);
        }

        FileHeader.WriteDirectives(writer);
        if (plan.Model.Label is not null)
        {
            // A class stays one when its name becomes obsolete, and so does a feature, or experimental; who declares the model is warned enough.
            writer.Write($"#pragma warning disable {string.Join(", ", plan.Model.Experiments.Prepend("CS0618").Prepend("CS0612"))}");
        }

        writer.BlankLine();
        if (type.Namespace.Length > 0)
        {
            writer.Open($"namespace {type.Namespace}");
        }

        foreach (EnclosingType enclosing in type.EnclosingTypes)
        {
            writer.Open($"partial {enclosing.Keyword} {enclosing.NameWithTypeParameters}");
        }

        if (remarks.Length > 0)
        {
            writer.Write($"/// <remarks>{remarks}</remarks>");
        }

        writer.Open($"partial class {type.NameWithTypeParameters}{baseList}");
    }

    public static void Close(SourceWriter writer, KernelPlan plan)
    {
        TypeSpec type = plan.Model.Type;
        int levels = 1 + type.EnclosingTypes.Count + (type.Namespace.Length > 0 ? 1 : 0);
        for (int i = 0; i < levels; i++)
        {
            writer.Close();
        }
    }
}
