using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using SoftmaxGen;
using SoftmaxGen.Cold;

// Without arguments: the names of the tasks. Otherwise the name of one, and a model file, which the task "save" writes and another reads: the milliseconds that
// the task took, the methods that were compiled for it, and the milliseconds that took.
string? file = args.Length > 1 ? args[1] : null;
(double[] rows, int[] labels) = Iris.Read();
double[] weights3x4 = new double[Model3x4.ParameterCount];
double[] weights10x64 = new double[Model10x64.ParameterCount];
double[] wideRow = new double[Model10x64.Features];
if (args is ["save", ..])
{
    Model3x4.Train(rows, labels).Model.Save(file!);
    return;
}

var tasks = new Dictionary<string, Action>
{
    ["nothing"] = static () => { },
    ["first prediction, 3 x 4"] = () => Model3x4.FromWeights(weights3x4).Predict([5.1, 3.5, 1.4, 0.2]),
    ["first prediction, 10 x 64"] = () => Model10x64.FromWeights(weights10x64).Predict(wideRow),
    ["first fit, iris"] = () => GC.KeepAlive(Model3x4.Train(rows, labels).Model),
    ["model loaded and a prediction, 3 x 4"] = () => Model3x4.Load(file!).Predict([5.1, 3.5, 1.4, 0.2]),
};
if (args.Length == 0)
{
    Console.WriteLine(string.Join('\n', tasks.Keys));
    return;
}

Action task = tasks[args[0]];
int methods = (int)JitInfo.GetCompiledMethodCount();
TimeSpan compiling = JitInfo.GetCompilationTime();
long start = Stopwatch.GetTimestamp();
task();
double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
compiling = JitInfo.GetCompilationTime() - compiling;
methods = (int)JitInfo.GetCompiledMethodCount() - methods;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {methods} {compiling.TotalMilliseconds}"));
