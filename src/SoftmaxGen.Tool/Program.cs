using System.Text;
using SoftmaxGen.Tool;
using SoftmaxGen.Tool.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
int code = ToolException.BadData;
try
{
    using var output = new StreamWriter(Console.OpenStandardOutput(), Console.OutputEncoding, bufferSize: 1 << 16) { AutoFlush = !Console.IsOutputRedirected };
    code = await CommandLine.RunAsync(args, new Screen(output, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected)).ConfigureAwait(false);
}
catch (IOException)
{
    // Whoever read the output has gone away; the command has said so.
}

return code;
