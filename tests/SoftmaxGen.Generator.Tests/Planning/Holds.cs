using System.Runtime.CompilerServices;
using System.Text;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>An assertion about thousands of plans: its message, which takes longer to write than the check, is written only where it fails.</summary>
internal static class Holds
{
    /// <summary>Fails with a message unless a condition is true.</summary>
    public static void True(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Message message)
    {
        if (!condition)
        {
            Assert.Fail(message.ToString());
        }
    }

    /// <summary>The message. It takes no parts where the condition is true.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Message
    {
        private readonly StringBuilder? _text;

        public Message(int literalLength, int formattedCount, bool condition, out bool isWritten)
        {
            isWritten = !condition;
            _text = isWritten ? new StringBuilder(literalLength + (16 * formattedCount)) : null;
        }

        public void AppendLiteral(string value) => _text!.Append(value);

        public void AppendFormatted<T>(T value) => _text!.Append(value);

        public override string ToString() => _text!.ToString();
    }
}
