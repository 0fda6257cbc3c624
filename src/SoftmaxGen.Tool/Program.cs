using System.Runtime.InteropServices;
using System.Text;
using SoftmaxGen.Tool;
using SoftmaxGen.Tool.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
int code = ToolException.BadData;

// A training keeps the best model so far. Whoever does not want to wait for that presses the keys twice.
using var canceled = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
{
    signal.Cancel = !canceled.IsCancellationRequested;
    canceled.Cancel();
});
try
{
    using var output = new StreamWriter(Console.OpenStandardOutput(), Console.OutputEncoding, bufferSize: 1 << 16) { AutoFlush = !Console.IsOutputRedirected };
    var screen = new Screen(output, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);
    code = await CommandLine.RunAsync(args, screen, canceled.Token).ConfigureAwait(false);
}
catch (IOException)
{
    // Whoever read the output has gone away; the command has said so.
}

return code;
