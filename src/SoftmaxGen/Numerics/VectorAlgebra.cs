using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Numerics;

/// <summary>The few operations on vectors of equal length that solvers are made of.</summary>
internal static class VectorAlgebra
{
    /// <summary>Computes the inner product <c>x'y</c>.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> xs = Vectors(x);
        ReadOnlySpan<Vector<double>> ys = Vectors(y)[..xs.Length];
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < xs.Length; i++)
        {
            sums += xs[i] * ys[i];
        }

        double sum = Vector.Sum(sums);
        for (int i = Rest(x); i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>Computes the length <c>|x|</c>.</summary>
    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Adds a multiple: <c>y += a x</c>.</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y) => AddScaled(a, x, y, y);

    /// <summary>Adds a multiple: <c>z = y + a x</c>.</summary>
    /// <param name="a">The factor.</param>
    /// <param name="x">The vector to add.</param>
    /// <param name="y">The vector to add to.</param>
    /// <param name="z">Receives the sum; may be <paramref name="y"/> itself.</param>
    public static void AddScaled(double a, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> z)
    {
        ReadOnlySpan<Vector<double>> xs = Vectors(x);
        ReadOnlySpan<Vector<double>> ys = Vectors(y)[..xs.Length];
        Span<Vector<double>> zs = Vectors(z)[..xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            zs[i] = ys[i] + (a * xs[i]);
        }

        for (int i = Rest(x); i < x.Length; i++)
        {
            z[i] = y[i] + (a * x[i]);
        }
    }

    /// <summary>Adds a multiple of a product: <c>Z += a x y'</c>.</summary>
    /// <param name="a">The factor.</param>
    /// <param name="x">A number for each row.</param>
    /// <param name="y">Whole vectors.</param>
    /// <param name="z">The rows to add to, each as long as <paramref name="y"/>.</param>
    public static void AddProduct(double a, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> z)
    {
        ReadOnlySpan<Vector<double>> ys = Vectors(y);
        Span<Vector<double>> zs = Vectors(z);
        foreach (double factor in x)
        {
            Span<Vector<double>> row = zs[..ys.Length];
            for (int i = 0; i < ys.Length; i++)
            {
                row[i] += a * factor * ys[i];
            }

            zs = zs[ys.Length..];
        }
    }

    /// <summary>Multiplies by a number: <c>y = a x</c>.</summary>
    /// <param name="a">The factor.</param>
    /// <param name="x">The vector.</param>
    /// <param name="y">Receives the multiple; may be <paramref name="x"/> itself.</param>
    public static void Scale(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> xs = Vectors(x);
        Span<Vector<double>> ys = Vectors(y)[..xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            ys[i] = a * xs[i];
        }

        for (int i = Rest(x); i < x.Length; i++)
        {
            y[i] = a * x[i];
        }
    }

    /// <summary>Rotates the plane of two vectors: <c>(x, y) = (c x + s y, c y - s x)</c>.</summary>
    /// <param name="cosine">The cosine <c>c</c> of the angle.</param>
    /// <param name="sine">Its sine <c>s</c>.</param>
    /// <param name="x">A vector; receives its image.</param>
    /// <param name="y">A vector; receives its image.</param>
    public static void Rotate(double cosine, double sine, Span<double> x, Span<double> y)
    {
        Span<Vector<double>> xs = Vectors(x);
        Span<Vector<double>> ys = Vectors(y)[..xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            (xs[i], ys[i]) = ((cosine * xs[i]) + (sine * ys[i]), (cosine * ys[i]) - (sine * xs[i]));
        }

        for (int i = Rest(x); i < x.Length; i++)
        {
            (x[i], y[i]) = ((cosine * x[i]) + (sine * y[i]), (cosine * y[i]) - (sine * x[i]));
        }
    }

    /// <summary>Subtracts: <c>z = x - y</c>.</summary>
    public static void Subtract(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> z) => AddScaled(-1, y, x, z);

    /// <summary>
    /// Multiplies element by element, <c>z_i = x_i y_i</c>, and computes <c>sum_i z_i u_i</c>. One sweep instead of two: of short vectors most of the time is
    /// the beginning.
    /// </summary>
    /// <param name="x">A vector.</param>
    /// <param name="y">A vector.</param>
    /// <param name="u">A vector.</param>
    /// <param name="z">Receives the products; may be one of the others itself.</param>
    /// <returns>The inner product.</returns>
    public static double MultiplyAndDot(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> u, Span<double> z)
    {
        ReadOnlySpan<Vector<double>> xs = Vectors(x);
        ReadOnlySpan<Vector<double>> ys = Vectors(y)[..xs.Length];
        ReadOnlySpan<Vector<double>> us = Vectors(u)[..xs.Length];
        Span<Vector<double>> zs = Vectors(z)[..xs.Length];
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < xs.Length; i++)
        {
            Vector<double> product = xs[i] * ys[i];
            sums += product * us[i];
            zs[i] = product;
        }

        double sum = Vector.Sum(sums);
        for (int i = Rest(x); i < x.Length; i++)
        {
            double product = x[i] * y[i];
            sum += product * u[i];
            z[i] = product;
        }

        return sum;
    }

    /// <summary>Adds a multiple and multiplies element by element: <c>z_i = (z_i + a x_i) y_i</c>.</summary>
    public static void AddScaledAndMultiply(double a, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> z)
    {
        ReadOnlySpan<Vector<double>> xs = Vectors(x);
        ReadOnlySpan<Vector<double>> ys = Vectors(y)[..xs.Length];
        Span<Vector<double>> zs = Vectors(z)[..xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            zs[i] = (zs[i] + (a * xs[i])) * ys[i];
        }

        for (int i = Rest(x); i < x.Length; i++)
        {
            z[i] = (z[i] + (a * x[i])) * y[i];
        }
    }

    private static ReadOnlySpan<Vector<double>> Vectors(ReadOnlySpan<double> x) => MemoryMarshal.Cast<double, Vector<double>>(x);

    private static Span<Vector<double>> Vectors(Span<double> x) => MemoryMarshal.Cast<double, Vector<double>>(x);

    // The first element that is in no whole vector.
    private static int Rest(ReadOnlySpan<double> x) => x.Length - (x.Length % Vector<double>.Count);
}
