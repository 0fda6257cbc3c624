using SoftmaxGen;
using SoftmaxGen.SaveProbe;

// Saves one model after the other to the path that it is given, in the form that it is given, until it is killed. The weights of a model are all
// one number: a file with two of them is torn. A point on the output says that saving has begun.
string path = args[0];
ModelFormat format = Enum.Parse<ModelFormat>(args[1]);
double[] weights = new double[ProbeModel.ParameterCount];
for (int i = 0; ; i++)
{
    Array.Fill(weights, i + (1.0 / 3));
    ProbeModel.FromWeights(weights).Save(path, format);
    if (i == 0)
    {
        Console.Out.Write('.');
        Console.Out.Flush();
    }
}
