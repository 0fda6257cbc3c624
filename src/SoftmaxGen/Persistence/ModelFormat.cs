namespace SoftmaxGen;

/// <summary>The form of a model file. Loading finds the form out by itself.</summary>
public enum ModelFormat
{
    /// <summary>JSON, for people and programs: every number with the fewest digits that read back as the same bits.</summary>
    Json = 0,

    /// <summary>Binary: a short description and the bits of the weights; about a third of the size.</summary>
    Binary = 1,
}
