using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>Members of random types: flags of any bits of any integer type, and vectors of any numbers. Their columns are compared with the values.</summary>
public sealed class RandomMemberTests
{
    private static readonly (string Name, int Bits, bool IsSigned)[] _integers =
    [
        ("sbyte", 8, true), ("byte", 8, false), ("short", 16, true), ("ushort", 16, false),
        ("int", 32, true), ("uint", 32, false), ("long", 64, true), ("ulong", 64, false),
    ];

    private static readonly string[] _numbers =
        ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "nint", "nuint", "System.Half", "float", "double", "decimal"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_flag_has_a_column_whichever_bit_it_is(int seed)
    {
        var random = new Random(seed);
        int[][] flags = Array.ConvertAll(_integers, type => Enumerable.Range(0, type.Bits)
            .Where(bit => bit == type.Bits - 1 ? random.Next(4) > 0 : random.Next(type.Bits) < 3)
            .DefaultIfEmpty(type.Bits - 1)
            .ToArray());
        using LoadedAssembly models = Load($$"""
            {{Lines(type => $"[Flags] public enum F{type} : {_integers[type].Name} {{ None, {Members(type)} }}")}}
            public record struct Row({{string.Join(", ", Lines(type => $"F{type} M{type}").Split('\n'))}});

            [SoftmaxModel<Answer, Row>]
            public sealed partial class Model;

            public static partial class Probe
            {
                private static Row Make(ulong[] bits) =>
                    new({{string.Join(", ", Lines(type => $"(F{type})Enum.ToObject(typeof(F{type}), bits[{type}])").Split('\n'))}});
            }
            """);
        var encode = models.Method<Func<ulong[], double[]>>("Probe", "Encode");

        Assert.Equal(
            flags.SelectMany(static (bits, type) => bits.Select(bit => string.Create(CultureInfo.InvariantCulture, $"M{type}=B{bit}"))),
            models.Method<Func<string[]>>("Probe", "Names")());
        for (int row = 0; row < 50; row++)
        {
            ulong[] values = Array.ConvertAll(flags, bits => bits.Where(_ => random.Next(2) == 0).Aggregate(0UL, static (sum, bit) => sum | (1UL << bit)));
            Assert.Equal(flags.SelectMany((bits, type) => bits.Select(bit => (double)((values[type] >> bit) & 1))), encode(values));

            // A bit that is no flag is refused.
            int other = random.Next(_integers.Length);
            int[] unknown = [.. Enumerable.Range(0, _integers[other].Bits).Except(flags[other])];
            if (unknown.Length > 0)
            {
                values[other] |= 1UL << unknown[random.Next(unknown.Length)];
                Assert.Throws<ArgumentException>(() => encode(values));
            }
        }

        string Lines(Func<int, string> line) => string.Join('\n', Enumerable.Range(0, _integers.Length).Select(line));

        string Members(int type) => string.Join(", ", flags[type].Select(bit =>
        {
            BigInteger value = BigInteger.One << bit;
            return string.Create(CultureInfo.InvariantCulture, $"B{bit} = {(_integers[type].IsSigned && bit == _integers[type].Bits - 1 ? -value : value)}");
        }));
    }

    [Fact]
    public void Vectors_of_all_numbers_are_encoded_here_and_in_an_export()
    {
        using LoadedAssembly models = Load($$"""
            public record struct Row(
                {{string.Join(",\n", _numbers.Select(static (type, k) => $"[Columns(2)] {type}[] A{k}, [Columns(1)] ReadOnlyMemory<{type}> M{k}"))}});

            [SoftmaxModel<Answer, Row>]
            public sealed partial class Model;

            public static partial class Probe
            {
                private static Row Make(ulong[] v) => new(
                    {{string.Join(",\n", _numbers.Select(static type => $"[({type})v[0], ({type})v[1]], new ReadOnlyMemory<{type}>([({type})v[2]])"))}});
            }
            """);
        ulong[] values = [3, 17, 100];

        double[] columns = models.Method<Func<ulong[], double[]>>("Probe", "Encode")(values);
        using var export = new LoadedAssembly(GeneratorHarness.Compile(
            Settings.Strict with { LanguageVersion = LanguageVersion.CSharp8 }, models.Method<Func<string>>("Probe", "Export")()));

        Assert.Equal(_numbers.SelectMany(static _ => new double[] { 3, 17, 100 }), columns);
        Assert.NotNull(export.Assembly.GetType("Exported")!.GetMethod("Encode"));
    }

    private static LoadedAssembly Load(string source) => new(GeneratorHarness.CompileWithModels(Settings.Default, $$"""
        using System;
        using System.Linq;
        using SoftmaxGen;

        public enum Answer { No, Yes }

        {{source}}

        public static partial class Probe
        {
            public static string[] Names() => Model.Shape.FeatureNames.ToArray();

            public static string Export() => Model.FromWeights(new double[Model.ParameterCount]).ToCSharp("Exported");

            public static double[] Encode(ulong[] bits)
            {
                double[] features = new double[Model.Features];
                Model.CopyFeatures(Make(bits), features);
                return features;
            }
        }
        """));
}
