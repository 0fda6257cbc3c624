using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>A feature of a row type, and where its columns and terms begin.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="FirstColumn">Its first column.</param>
/// <param name="FirstTerm">Its first term: first those whose columns are known to the compiler, then those whose columns a row tells.</param>
internal sealed record FeaturePlace(FeatureSpec Feature, int FirstColumn, int FirstTerm);
