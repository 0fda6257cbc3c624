namespace SoftmaxGen.JitProbe.Models;

// From the smallest shape to ones far beyond what the library is meant for.

[SoftmaxModel(Classes = 2, Features = 1)]
internal sealed partial class Double2x1;

[SoftmaxModel(Classes = 2, Features = 30)]
internal sealed partial class Double2x30;

[SoftmaxModel(Classes = 3, Features = 4)]
internal sealed partial class Double3x4;

[SoftmaxModel(Classes = 4, Features = 8)]
internal sealed partial class Double4x8;

[SoftmaxModel(Classes = 7, Features = 54)]
internal sealed partial class Double7x54;

[SoftmaxModel(Classes = 10, Features = 64)]
internal sealed partial class Double10x64;

// The shapes with the largest methods of all: the scores at 256 and at 512 bit, and the gradient at 128 bit.
[SoftmaxModel(Classes = 12, Features = 8)]
internal sealed partial class Double12x8;

[SoftmaxModel(Classes = 26, Features = 3)]
internal sealed partial class Double26x3;

// Probabilities of its batches have lanes that are classes.
[SoftmaxModel(Classes = 27, Features = 18)]
internal sealed partial class Double27x18;

[SoftmaxModel(Classes = 2, Features = 25)]
internal sealed partial class Double2x25;

[SoftmaxModel(Classes = 100, Features = 784)]
internal sealed partial class Double100x784;

[SoftmaxModel(Classes = 1000, Features = 16)]
internal sealed partial class Double1000x16;

// Baked weights with zeros: nearly as much straight code as a method may have, at 512 bit and at 128 bit.
[SoftmaxModel(Classes = 10, Features = 400, Weights = "sparse-10x400.softmax.json")]
internal sealed partial class Sparse10x400;

[SoftmaxModel(Classes = 10, Features = 170, Weights = "sparse-10x170.softmax.json")]
internal sealed partial class Sparse10x170;
