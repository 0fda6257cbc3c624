namespace SoftmaxGen.Data;

/// <summary>How far a file is read: told after every batch of rows.</summary>
/// <param name="Rows">The number of rows that were read so far.</param>
/// <param name="BytesRead">The number of bytes of the file that were read so far; 0 where the rows come from no file.</param>
/// <param name="TotalBytes">The length of the file in bytes; 0 where the rows come from no file.</param>
public readonly record struct DataFileProgress(long Rows, long BytesRead, long TotalBytes);
