namespace SoftmaxGen.TestModels.Kernels;

// The models under test: few to many classes by feature counts around the strides of the loops, in double.

[SoftmaxModel(Classes = 2, Features = 1)]
public sealed partial class Double2x1;

[SoftmaxModel(Classes = 2, Features = 2)]
public sealed partial class Double2x2;

[SoftmaxModel(Classes = 2, Features = 3)]
public sealed partial class Double2x3;

[SoftmaxModel(Classes = 2, Features = 4)]
public sealed partial class Double2x4;

[SoftmaxModel(Classes = 2, Features = 7)]
public sealed partial class Double2x7;

[SoftmaxModel(Classes = 2, Features = 8)]
public sealed partial class Double2x8;

[SoftmaxModel(Classes = 2, Features = 9)]
public sealed partial class Double2x9;

[SoftmaxModel(Classes = 2, Features = 9, MissingValues = MissingValues.Propagate)]
public sealed partial class Double2x9Propagating;

[SoftmaxModel(Classes = 2, Features = 12)]
public sealed partial class Double2x12;

[SoftmaxModel(Classes = 2, Features = 16)]
public sealed partial class Double2x16;

[SoftmaxModel(Classes = 2, Features = 17)]
public sealed partial class Double2x17;

[SoftmaxModel(Classes = 2, Features = 30)]
public sealed partial class Double2x30;

[SoftmaxModel(Classes = 2, Features = 64)]
public sealed partial class Double2x64;

[SoftmaxModel(Classes = 2, Features = 65)]
public sealed partial class Double2x65;

[SoftmaxModel(Classes = 3, Features = 1)]
public sealed partial class Double3x1;

[SoftmaxModel(Classes = 3, Features = 2)]
public sealed partial class Double3x2;

[SoftmaxModel(Classes = 3, Features = 4)]
public sealed partial class Double3x4;

[SoftmaxModel(Classes = 3, Features = 7)]
public sealed partial class Double3x7;

[SoftmaxModel(Classes = 3, Features = 8)]
public sealed partial class Double3x8;

[SoftmaxModel(Classes = 3, Features = 9)]
public sealed partial class Double3x9;

[SoftmaxModel(Classes = 3, Features = 16)]
public sealed partial class Double3x16;

[SoftmaxModel(Classes = 3, Features = 17)]
public sealed partial class Double3x17;

[SoftmaxModel(Classes = 3, Features = 30)]
public sealed partial class Double3x30;

[SoftmaxModel(Classes = 3, Features = 64)]
public sealed partial class Double3x64;

[SoftmaxModel(Classes = 3, Features = 65)]
public sealed partial class Double3x65;

[SoftmaxModel(Classes = 4, Features = 1)]
public sealed partial class Double4x1;

[SoftmaxModel(Classes = 4, Features = 2)]
public sealed partial class Double4x2;

[SoftmaxModel(Classes = 4, Features = 4)]
public sealed partial class Double4x4;

[SoftmaxModel(Classes = 4, Features = 7)]
public sealed partial class Double4x7;

[SoftmaxModel(Classes = 4, Features = 8)]
public sealed partial class Double4x8;

[SoftmaxModel(Classes = 4, Features = 9)]
public sealed partial class Double4x9;

[SoftmaxModel(Classes = 5, Features = 2)]
public sealed partial class Double5x2;

[SoftmaxModel(Classes = 4, Features = 16)]
public sealed partial class Double4x16;

[SoftmaxModel(Classes = 4, Features = 17)]
public sealed partial class Double4x17;

[SoftmaxModel(Classes = 4, Features = 30)]
public sealed partial class Double4x30;

[SoftmaxModel(Classes = 4, Features = 64)]
public sealed partial class Double4x64;

[SoftmaxModel(Classes = 4, Features = 65)]
public sealed partial class Double4x65;

[SoftmaxModel(Classes = 7, Features = 1)]
public sealed partial class Double7x1;

[SoftmaxModel(Classes = 7, Features = 2)]
public sealed partial class Double7x2;

[SoftmaxModel(Classes = 7, Features = 4)]
public sealed partial class Double7x4;

[SoftmaxModel(Classes = 7, Features = 7)]
public sealed partial class Double7x7;

[SoftmaxModel(Classes = 7, Features = 8)]
public sealed partial class Double7x8;

[SoftmaxModel(Classes = 7, Features = 9)]
public sealed partial class Double7x9;

[SoftmaxModel(Classes = 7, Features = 16)]
public sealed partial class Double7x16;

[SoftmaxModel(Classes = 7, Features = 17)]
public sealed partial class Double7x17;

[SoftmaxModel(Classes = 7, Features = 30)]
public sealed partial class Double7x30;

[SoftmaxModel(Classes = 7, Features = 64)]
public sealed partial class Double7x64;

[SoftmaxModel(Classes = 7, Features = 65)]
public sealed partial class Double7x65;

[SoftmaxModel(Classes = 10, Features = 1)]
public sealed partial class Double10x1;

[SoftmaxModel(Classes = 10, Features = 2)]
public sealed partial class Double10x2;

[SoftmaxModel(Classes = 10, Features = 4)]
public sealed partial class Double10x4;

[SoftmaxModel(Classes = 10, Features = 7)]
public sealed partial class Double10x7;

[SoftmaxModel(Classes = 10, Features = 8)]
public sealed partial class Double10x8;

[SoftmaxModel(Classes = 10, Features = 9)]
public sealed partial class Double10x9;

[SoftmaxModel(Classes = 10, Features = 16)]
public sealed partial class Double10x16;

[SoftmaxModel(Classes = 10, Features = 17)]
public sealed partial class Double10x17;

[SoftmaxModel(Classes = 10, Features = 30)]
public sealed partial class Double10x30;

[SoftmaxModel(Classes = 10, Features = 64)]
public sealed partial class Double10x64;

[SoftmaxModel(Classes = 11, Features = 60)]
public sealed partial class Double11x60;

[SoftmaxModel(Classes = 10, Features = 65)]
public sealed partial class Double10x65;

[SoftmaxModel(Classes = 26, Features = 1)]
public sealed partial class Double26x1;

[SoftmaxModel(Classes = 26, Features = 2)]
public sealed partial class Double26x2;

[SoftmaxModel(Classes = 26, Features = 4)]
public sealed partial class Double26x4;

[SoftmaxModel(Classes = 26, Features = 7)]
public sealed partial class Double26x7;

[SoftmaxModel(Classes = 26, Features = 8)]
public sealed partial class Double26x8;

[SoftmaxModel(Classes = 26, Features = 9)]
public sealed partial class Double26x9;

[SoftmaxModel(Classes = 26, Features = 16)]
public sealed partial class Double26x16;

[SoftmaxModel(Classes = 26, Features = 17)]
public sealed partial class Double26x17;

[SoftmaxModel(Classes = 26, Features = 30)]
public sealed partial class Double26x30;

[SoftmaxModel(Classes = 26, Features = 64)]
public sealed partial class Double26x64;

[SoftmaxModel(Classes = 26, Features = 65)]
public sealed partial class Double26x65;

// Large ones: their scratch is rented, or their sums are added up after each tile, or prediction takes several passes over the classes.

[SoftmaxModel(Classes = 70, Features = 16)]
public sealed partial class Double70x16;

[SoftmaxModel(Classes = 100, Features = 32)]
public sealed partial class Double100x32;

[SoftmaxModel(Classes = 100, Features = 784)]
public sealed partial class Double100x784;

[SoftmaxModel(Classes = 1000, Features = 16)]
public sealed partial class Double1000x16;

// The wine data.

[SoftmaxModel(Classes = 3, Features = 13)]
public sealed partial class Double3x13;

// Labels that do not begin at 0.

[SoftmaxModel(Classes = 3, Features = 4, FirstLabel = 1)]
public sealed partial class Double3x4From1;

[SoftmaxModel(Classes = 4, Features = 8, FirstLabel = -5)]
public sealed partial class Double4x8FromMinus5;

// In float.

[SoftmaxModel(Classes = 2, Features = 1, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x1;

[SoftmaxModel(Classes = 2, Features = 2, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x2;

[SoftmaxModel(Classes = 2, Features = 3, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x3;

[SoftmaxModel(Classes = 2, Features = 4, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x4;

[SoftmaxModel(Classes = 2, Features = 11, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x11;

[SoftmaxModel(Classes = 2, Features = 16, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x16;

[SoftmaxModel(Classes = 2, Features = 37, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single2x37;

[SoftmaxModel(Classes = 3, Features = 4, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single3x4;

[SoftmaxModel(Classes = 3, Features = 41, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single3x41;

[SoftmaxModel(Classes = 4, Features = 8, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single4x8;

[SoftmaxModel(Classes = 7, Features = 17, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single7x17;

[SoftmaxModel(Classes = 10, Features = 16, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single10x16;

[SoftmaxModel(Classes = 10, Features = 64, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single10x64;

[SoftmaxModel(Classes = 26, Features = 16, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single26x16;

[SoftmaxModel(Classes = 100, Features = 32, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single100x32;

[SoftmaxModel(Classes = 135, Features = 16, Precision = SoftmaxPrecision.Single)]
public sealed partial class Single135x16;
