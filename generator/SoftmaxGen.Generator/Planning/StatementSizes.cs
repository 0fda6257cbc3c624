namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// The sizes of the statements that the score and gradient stages are emitted as. References and locals follow from the text; bytes are
/// rounded from the compiled stages of shapes from 2 x 1 to 4096 x 1 at every width, where the estimates came within 3 tenths for every method, and
/// within 1 tenth for the large ones: an operand takes 1 or 2 bytes, a call 5, an offset 2 to 6.
/// </summary>
internal static class StatementSizes
{
    /// <summary><c>var x = Load(ref xv, 8);</c> and its like.</summary>
    public static readonly CodeSize Load = new(0, 2, 1, 12, 1);

    /// <summary><c>var sum = Zero();</c></summary>
    public static readonly CodeSize Zero = new(0, 1, 1, 7, 1);

    /// <summary><c>var t1b = t1a;</c></summary>
    public static readonly CodeSize Copy = new(0, 2, 1, 4, 1);

    /// <summary><c>Prefetch(ref next, 8);</c></summary>
    public static readonly CodeSize Prefetch = new(0, 1, 0, 10, 1);

    /// <summary><c>sum = Fma(r, x, sum);</c></summary>
    public static readonly CodeSize MultiplyAdd = new(1, 4, 0, 13, 1);

    /// <summary><c>var x2_1a = x2a * x1a;</c></summary>
    public static readonly CodeSize Multiply = new(0, 3, 1, 12, 1);

    /// <summary><c>var w = Broadcast(ref wk, 8);</c> for a weight that is only ever a first operand: the compiler keeps it off the locals.</summary>
    public static readonly CodeSize Weight = new(0, 1, 0, 9, 1);

    /// <summary><c>sum = Fma(w, x, sum);</c> with such a weight.</summary>
    public static readonly CodeSize MultiplyWeight = new(1, 3, 0, 12, 1);

    /// <summary><c>sum += r;</c></summary>
    public static readonly CodeSize Add = new(0, 3, 0, 11, 1);

    /// <summary><c>Store(sum, ref t, 8);</c></summary>
    public static readonly CodeSize Store = new(0, 2, 0, 12, 1);

    /// <summary>One more term of a sum that is stored: an operand and an addition.</summary>
    public static readonly CodeSize Term = new(0, 1, 0, 7, 0);

    /// <summary><c>ref double xv = ref x;</c> or with an offset.</summary>
    public static readonly CodeSize Reference = new(0, 2, 1, 5, 1);

    /// <summary><c>x = ref At(ref x, 8);</c></summary>
    public static readonly CodeSize Advance = new(0, 2, 0, 13, 1);

    /// <summary><c>for (int k = 0; k &lt; 8; k++)</c></summary>
    public static readonly CodeSize Loop = new(0, 5, 1, 14, 1);
}
