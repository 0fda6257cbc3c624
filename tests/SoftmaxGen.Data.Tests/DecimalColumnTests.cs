using System.Globalization;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Tests;

/// <summary>Decimals by chance: a number of a decimal column has the bits that its text would have in a CSV file.</summary>
public sealed class DecimalColumnTests
{
    [Fact]
    public void Decimals_have_the_bits_of_their_digits()
    {
        var random = new Random(3);
        decimal[] values = [decimal.MinValue, decimal.MaxValue, new decimal(1, 0, 0, isNegative: true, 28), .. Enumerable.Range(0, 50_000).Select(_ => Number(random))];
        var column = new ArrayColumn<decimal>("a", values, []);
        double[] doubles = new double[values.Length];
        float[] floats = new float[values.Length];
        column.CopyTo(0, values.Length, doubles, 1);
        column.CopyTo(0, values.Length, floats, 1);
        for (int i = 0; i < values.Length; i++)
        {
            string text = values[i].ToString(CultureInfo.InvariantCulture);
            Assert.True(column.TryGet(i, out double single));
            Assert.True(column.TryGet(i, out float narrow));
            Assert.Equal((text, double.Parse(text, CultureInfo.InvariantCulture)), (text, doubles[i]));
            Assert.Equal((text, float.Parse(text, CultureInfo.InvariantCulture)), (text, floats[i]));
            Assert.Equal((doubles[i], floats[i]), (single, narrow));
        }
    }

    private static decimal Number(Random random) => new(
        random.Next(), random.Next(2) * random.Next(), random.Next(2) * random.Next(), random.Next(2) == 0, (byte)random.Next(29));
}
