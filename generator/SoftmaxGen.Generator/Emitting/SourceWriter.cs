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

    /// <summary>Writes what stands before a block, and the lines of the block in braces.</summary>
    public void Block(string head, string lines)
    {
        Open(head);
        Write(lines);
        Close();
    }

    /// <summary>Writes a piece of code for each number from 1 on.</summary>
    public void WriteEach(int count, Func<int, string> lines)
    {
        for (int number = 1; number <= count; number++)
        {
            Write(lines(number));
        }
    }

    /// <summary>Writes a piece of code for each element of a matrix, counted from 0.</summary>
    public void WriteEach(int rows, int columns, Func<int, int, string> lines)
    {
        for (int i = 0; i < rows * columns; i++)
        {
            Write(lines(i / columns, i % columns));
        }
    }

    /// <summary>Writes a loop that takes so many things per turn and then advances, and behind it the same code for those that are left.</summary>
    public void Turns(int count, int perTurn, Action<int> emit, string advance, string variable = "turn")
    {
        Open($"for (int {variable} = 0; {variable} < {count / perTurn}; {variable}++)");
        emit(perTurn);
        Write(advance);
        Close();
        if (count % perTurn > 0)
        {
            BlankLine();
            Open();
            emit(count % perTurn);
            Close();
        }
    }

    public void Close()
    {
        _level--;
        Write("}");
    }

    public override string ToString() => _text.ToString();
}
