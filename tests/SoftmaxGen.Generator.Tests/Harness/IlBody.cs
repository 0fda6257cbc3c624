using System.Reflection;
using System.Reflection.Emit;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>What the JIT counts of a method before it compiles it.</summary>
/// <param name="Bytes">Bytes of IL.</param>
/// <param name="Locals">Locals, arguments not among them.</param>
/// <param name="LocalReferences">Instructions that read, write or take the address of a local or an argument.</param>
internal sealed record IlBody(int Bytes, int Locals, int LocalReferences)
{
    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    /// <summary>Reads the body of a method.</summary>
    public static IlBody Of(MethodInfo method)
    {
        MethodBody body = method.GetMethodBody()!;
        byte[] il = body.GetILAsByteArray()!;
        return new IlBody(il.Length, body.LocalVariables.Count, Instructions(il).Count(static instruction => IsLocalReference(instruction.Code)));
    }

    /// <summary>Reads the strings that a method has in its code.</summary>
    public static IEnumerable<string> Strings(MethodInfo method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        return Instructions(il)
            .Where(static instruction => instruction.Code.OperandType == OperandType.InlineString)
            .Select(instruction => method.Module.ResolveString(BitConverter.ToInt32(il, instruction.Operand)));
    }

    private static IEnumerable<(OpCode Code, int Operand)> Instructions(byte[] il)
    {
        for (int position = 0; position < il.Length;)
        {
            // A two-byte instruction begins with 0xFE.
            short value = il[position] == 0xFE ? (short)((0xFE << 8) | il[position + 1]) : il[position];
            OpCode code = _opCodes[value];
            int operand = position + code.Size;
            yield return (code, operand);
            position = operand + OperandSize(code, il, operand);
        }
    }

    private static int OperandSize(OpCode code, byte[] il, int position) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, position)),
        _ => 4,
    };

    private static bool IsLocalReference(OpCode code) =>
        code.Name!.StartsWith("ldloc", StringComparison.Ordinal)
        || code.Name.StartsWith("stloc", StringComparison.Ordinal)
        || code.Name.StartsWith("ldarg", StringComparison.Ordinal)
        || code.Name.StartsWith("starg", StringComparison.Ordinal);
}
