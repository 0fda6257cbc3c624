namespace SoftmaxGen.Data.Columns;

/// <summary>What libraries throw at damaged bytes, as the exception that says where.</summary>
internal static class Damage
{
    /// <summary>Runs what may meet damaged bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged.</exception>
    public static TResult Guard<TResult>(DataFilePlace place, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (DataFileException or OperationCanceledException))
        {
            throw new DataFileException(place, $"the file is damaged, cut off, or of another kind ({exception.Message})", exception);
        }
    }

    /// <summary>Refuses bytes for which something does not hold.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    /// <summary>Runs what may meet damaged bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged.</exception>
    public static void Guard(DataFilePlace place, Action read) => Guard(
        place,
        () =>
        {
            read();
            return true;
        });
}
