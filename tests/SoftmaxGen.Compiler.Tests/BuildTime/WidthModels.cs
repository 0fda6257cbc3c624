namespace SoftmaxGen.Compiler.Tests.BuildTime;

/// <summary>Rows that are predicted number by number, at 128 bit.</summary>
[SoftmaxModel(Classes = 2, Features = 4)]
public sealed partial class TwoByFour;

/// <summary>Rows that do not fill a vector.</summary>
[SoftmaxModel(Classes = 2, Features = 1)]
public sealed partial class TwoByOne;

/// <summary>Rows that fill the widest vectors.</summary>
[SoftmaxModel(Classes = 2, Features = 40)]
public sealed partial class TwoByForty;

/// <summary>Rows that are predicted at 256 bit.</summary>
[SoftmaxModel(Classes = 4, Features = 3)]
public sealed partial class FourByThree;

/// <summary>Classes that fill the widest vectors.</summary>
[SoftmaxModel(Classes = 10, Features = 12)]
public sealed partial class TenByTwelve;

/// <summary>Scores that wait in memory.</summary>
[SoftmaxModel(Classes = 40, Features = 2)]
public sealed partial class FortyByTwo;
