using SoftmaxGen.Tool;
using SoftmaxGen.Tool.Output;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), Console.OutputEncoding, bufferSize: 1 << 16) { AutoFlush = !Console.IsOutputRedirected };
return await CommandLine.RunAsync(args, new Screen(output, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected)).ConfigureAwait(false);
