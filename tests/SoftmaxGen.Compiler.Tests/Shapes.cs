namespace SoftmaxGen.Compiler.Tests;

/// <summary>Definitions for tests.</summary>
internal static class Shapes
{
    /// <summary>The definition of <c>BuildTime/Customer.cs</c>: every kind of feature.</summary>
    public static ShapeDefinition Customer { get; } = new()
    {
        Name = "Customer",
        LabelName = "Churn",
        ClassNames = ["stays", "leaves soon", "leaves"],
        Features =
        [
            new NumberFeature("Income"),
            new NumberFeature("Charges") { IsOptional = true },
            new FlagFeature("is senior"),
            new FlagFeature("has \"fiber\"") { IsOptional = true },
            new BucketFeature("Age", [18, 25.5, 1e20]),
            new KnotFeature("Usage", [-0.5, 10]) { IsOptional = true },
            new CategoryFeature("contract", ["monthly", "one year", "two years"]),
            new CategoryFeature("Country", ["DE", "FR"]) { IsOptional = true },
            new HashedFeature("User", 4),
        ],
    };

    /// <summary>Compiles without a cache, so that nothing but the compiler is tested.</summary>
    public static CompilerOptions Uncached { get; } = new() { CacheDirectory = null };

    /// <summary>Makes a small definition; each number another one.</summary>
    public static ShapeDefinition Numbered(int number) => new()
    {
        Name = $"Row{number}",
        ClassNames = ["no", "yes"],
        Features = [new NumberFeature("x"), new NumberFeature($"y{number}")],
    };
}
