using System.CommandLine;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary>The options of every command that reads a table.</summary>
internal sealed class TableOptions
{
    private readonly Option<string?> _separator = new("--separator")
    {
        Description = "What separates cells: one character, or tab. Found out where it is not given.",
    };

    private readonly Option<string?> _encoding = new("--encoding")
    {
        Description = "The encoding of the file: utf-8, utf-16, latin1, windows-1252 and others. Found out where it is not given, but for the last two.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_separator);
        command.Options.Add(_encoding);
    }

    /// <summary>Reads the options.</summary>
    public TableFormat Read(ParseResult parsed) => new()
    {
        Separator = parsed.GetValue(_separator) switch
        {
            null => null,
            "tab" or "\\t" or "\t" => '\t',
            { Length: 1 } character => character[0],
            string other => throw ToolException.Usage($"--separator \"{other}\": one character, or tab."),
        },
        Encoding = parsed.GetValue(_encoding),
    };
}
