using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>A feature of a row type, and where its columns and terms begin.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="FirstColumn">Its first column.</param>
/// <param name="FirstFixedTerm">Its first term whose column is known to the compiler.</param>
/// <param name="FirstLookup">Its first term whose column a row tells, counted from the first of all such terms.</param>
internal sealed record FeaturePlace(FeatureSpec Feature, int FirstColumn, int FirstFixedTerm, int FirstLookup);
