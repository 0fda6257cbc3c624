using System.Numerics;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>Feedback of rows and labels of a program's own types.</summary>
public static class ModelFeedbackExtensions
{
    /// <summary>Hands over a row.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <typeparam name="TLabel">The enum of the classes.</typeparam>
    /// <typeparam name="TRow">The type of rows.</typeparam>
    /// <param name="feedback">The feedback.</param>
    /// <param name="row">The row; its features are copied.</param>
    /// <param name="label">Its label.</param>
    /// <returns>Whether the row was taken; false where the queue is full or the host stops, and the row is dropped and counted.</returns>
    /// <exception cref="ArgumentException">The row is null, a member has no column for its value, a feature is not finite, or the label is no
    /// class.</exception>
    public static bool TryPost<TModel, T, TLabel, TRow>(this ModelFeedback<TModel, T> feedback, in TRow row, TLabel label)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(feedback);
        T[] rented = ModelFeedback<TModel, T>.Rent();
        try
        {
            TModel.CopyFeatures(in row, rented.AsSpan(0, TModel.Shape.Features));
        }
        catch
        {
            ModelFeedback<TModel, T>.Return(rented);
            throw;
        }

        return feedback.TryPost(rented, LabelNumber.Saturated(label), nameof(row));
    }
}
