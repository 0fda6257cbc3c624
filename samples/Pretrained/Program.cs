// Tells the species of an iris. The weights are part of the program: it reads no file, trains nothing, and starts in a few milliseconds.
using Pretrained;

ReadOnlySpan<double> flower = [5.9, 3.0, 4.2, 1.5];
Span<double> probabilities = stackalloc double[IrisModel.Classes];
IrisModel.Pretrained.PredictProbabilities(flower, probabilities);

for (int k = 0; k < probabilities.Length; k++)
{
    Console.WriteLine($"{IrisModel.Shape.ClassName(k),-12}{probabilities[k]:F4}");
}
