namespace SoftmaxGen.Tests.PublicApi;

/// <summary>A class with one member of each sort, to see how they are listed.</summary>
public abstract class Listed<T> : IFormattable
    where T : struct, IComparable<T>
{
    public const int Number = 3;

    protected Listed(string? name, ref readonly int number, double factor = 0.5) => _ = (Name = name, number, factor);

    private protected Listed(int hiddenCount) => HiddenCount = hiddenCount;

    protected event EventHandler? Changed;

    public string? Name { get; init; }

    public required IReadOnlyList<string?> Names { get; init; }

    internal int HiddenCount { get; }

    public static ReadOnlySpan<T> Get<TItem>(in T? value, out TItem other, params int[] rest)
        where TItem : class, new()
    {
        other = new TItem();
        return value is T present ? Enumerable.Repeat(present, rest.Length).ToArray() : [];
    }

    public abstract string ToString(string? format, IFormatProvider? formatProvider);

    protected void OnChanged() => Changed?.Invoke(this, EventArgs.Empty);
}
