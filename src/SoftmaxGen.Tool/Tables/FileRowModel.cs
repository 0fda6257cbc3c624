namespace SoftmaxGen.Tool.Tables;

/// <summary>The label of <see cref="FileRowRead"/>.</summary>
internal enum FileRowLabel
{
    /// <summary>The only one that there is.</summary>
    Read,

    /// <summary>A model has two classes at least.</summary>
    Other,
}

/// <summary>What a training set keeps of a row that went elsewhere: nothing of it.</summary>
/// <param name="Nothing">A feature, for the form's sake.</param>
/// <param name="Label">A label, for the form's sake.</param>
internal readonly record struct FileRowRead(float Nothing, [Label] FileRowLabel Label);

/// <summary>The model of a training set that is never trained on: files hand their rows to training sets alone.</summary>
[SoftmaxModel<FileRowLabel, FileRowRead>(Precision = SoftmaxPrecision.Single)]
internal sealed partial class FileRowModel;
