using System.Text;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>Text with indentation. Lines end in <c>\n</c> on every system, so that the output has the same bytes everywhere.</summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;

    /// <summary>Writes lines at the current indentation; a raw string literal keeps its inner indentation.</summary>
    public void Write(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            string trimmed = line.TrimEnd('\r');
            if (trimmed.Length > 0)
            {
                _text.Append(' ', _level * SpacesPerLevel).Append(trimmed);
            }

            _text.Append('\n');
        }
    }

    public void BlankLine() => _text.Append('\n');

    /// <summary>Writes lines and an opening brace, and indents what follows.</summary>
    public void Open(string lines)
    {
        Write(lines);
        Write("{");
        _level++;
    }

    /// <summary>Opens a scope of its own for the locals that follow.</summary>
    public void Open()
    {
        Write("{");
        _level++;
    }

    public void Close()
    {
        _level--;
        Write("}");
    }

    public override string ToString() => _text.ToString();
}
