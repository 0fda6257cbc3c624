namespace SoftmaxGen.Extensions.Hosting;

/// <summary>What a look at a model file has found.</summary>
internal enum FileState
{
    /// <summary>Nothing new: the content was judged before.</summary>
    Known,

    /// <summary>The content of the model in force, which was in force before another file was refused.</summary>
    Restored,

    /// <summary>Another model.</summary>
    Changed,

    /// <summary>A content that cannot be loaded, perhaps because only half of it was written: the next look will tell.</summary>
    Doubtful,

    /// <summary>A file that is missing, cannot be read, or is no file of the model.</summary>
    Refused,
}

/// <summary>What a look at a model file has found.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <param name="State">The kind of the finding.</param>
/// <param name="Model">The model, where there is another.</param>
/// <param name="Problem">Why the file is refused, where it is.</param>
internal readonly record struct FileFinding<TModel>(FileState State, TModel? Model = null, Exception? Problem = null)
    where TModel : class;
