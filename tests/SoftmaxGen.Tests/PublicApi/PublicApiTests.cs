using System.Reflection;
using SoftmaxGen.Data;
using SoftmaxGen.Mpi;
using SoftmaxGen.Onnx;

namespace SoftmaxGen.Tests.PublicApi;

/// <summary>
/// The public surface of each library is the one that was approved, <c>PublicApi.verified.txt</c> and those beside it. What differs is
/// written beside it as <c>received</c>; with <c>SOFTMAXGEN_ACCEPT_SNAPSHOTS=1</c> in the environment it is approved as it is.
/// </summary>
public class PublicApiTests
{
    private const string AcceptVariable = "SOFTMAXGEN_ACCEPT_SNAPSHOTS";

    private static readonly string _folder = Path.Combine(
        typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "ProjectDirectory").Value!,
        "PublicApi");

    [Theory]
    [InlineData(typeof(SoftmaxModelAttribute), "PublicApi")]
    [InlineData(typeof(OnnxExport), "PublicApi.Onnx")]
    [InlineData(typeof(MpiProcessGroup), "PublicApi.Mpi")]
    [InlineData(typeof(DataFile), "PublicApi.Data")]
    public void The_public_surface_is_the_approved_one(Type member, string listing)
    {
        string verified = Path.Combine(_folder, $"{listing}.verified.txt");
        string received = Path.Combine(_folder, $"{listing}.received.txt");
        string text = PublicApiText.Write(member.Assembly);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(verified, text);
        }

        if (File.Exists(verified) && File.ReadAllText(verified) == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{received} differs from {verified}. Read the difference: what is public stays. Set {AcceptVariable}=1 to accept it.");
    }

    [Fact]
    public void The_listing_tells_apart_what_users_compile_against()
    {
        string text = PublicApiText.Write(typeof(PublicApiTests).Assembly);

        Assert.Contains("public abstract class SoftmaxGen.Tests.PublicApi.Listed<T> : System.IFormattable where T : struct, System.IComparable<T>\n", text,
            StringComparison.Ordinal);
        Assert.Contains("    public const int Number = 3\n", text, StringComparison.Ordinal);
        Assert.Contains("    protected Listed(string? name, ref readonly int number, double factor = 0.5)\n", text, StringComparison.Ordinal);
        Assert.Contains("    public string? Name { get; init; }\n", text, StringComparison.Ordinal);
        Assert.Contains("    public required System.Collections.Generic.IReadOnlyList<string?> Names { get; init; }\n", text, StringComparison.Ordinal);
        Assert.Contains("    public static System.ReadOnlySpan<T> Get<TItem>(in T? value, out TItem other, params int[] rest) where TItem : class, new()\n",
            text, StringComparison.Ordinal);
        Assert.Contains("    public abstract string ToString(string? format, System.IFormatProvider? formatProvider)\n", text, StringComparison.Ordinal);
        Assert.Contains("    protected event System.EventHandler? Changed\n", text, StringComparison.Ordinal);
        Assert.Contains("public enum SoftmaxGen.Tests.PublicApi.ListedKind : byte\n    None = 0\n    One = 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
    }
}
