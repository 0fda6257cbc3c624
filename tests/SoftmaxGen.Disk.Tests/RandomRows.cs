using System.Numerics;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Rows by chance, with all that rows may have.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The type of its features.</typeparam>
internal sealed class RandomRows<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _rows;
    private readonly int[] _labels;
    private readonly T[] _targets = [];
    private readonly T[] _weights = [];
    private readonly T[] _offsets = [];

    public RandomRows(int count, Extras extras, int seed = 1)
    {
        (int classes, int features) = (TModel.Shape.Classes, TModel.Shape.Features);
        var random = new Random(seed);
        Extras = extras;
        _rows = Make(count * features, () => (random.NextDouble() * 4) - 1.5);
        _labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            double sum = double.CreateTruncating(_rows[i * features]) + 1.5 + (3 * random.NextDouble());
            _labels[i] = TModel.Shape.Label(i < classes ? i : (int)(sum * classes / 7) % classes);
        }

        if (extras.HasFlag(Extras.Weights) || extras.HasFlag(Extras.LateWeights))
        {
            _weights = Make(count, () => random.Next(5) == 0 ? 0 : 0.5 + random.NextDouble());
            _weights[^1] = T.One;
        }

        if (extras.HasFlag(Extras.Offsets))
        {
            _offsets = Make(count * classes, random.NextDouble);
        }

        if (extras.HasFlag(Extras.Targets))
        {
            _targets = new T[count * classes];
            for (int i = 0; i < count; i++)
            {
                T share = T.CreateTruncating(random.Next(9) / 16.0);
                _targets[(i * classes) + random.Next(classes)] += share;
                _targets[(i * classes) + random.Next(classes)] += T.One - share;
            }
        }
    }

    private RandomRows(RandomRows<TModel, T> source)
    {
        (Extras, _labels, _targets, _weights, _offsets) = (source.Extras, source._labels, source._targets, source._weights, source._offsets);
        _rows = [.. source._rows.Select(static x => T.CreateTruncating(float.CreateTruncating(x)))];
    }

    public Extras Extras { get; }

    public int Count => _labels.Length;

    // Batches of many sizes, none of which divides what the builder packs at a time. Weights that are late are those of the second half.
    public void AddTo(TrainingSetBuilder<TModel, T> builder) => AddTo(builder, 0, Count);

    // All of them at once, without a builder.
    public TrainingSet<TModel, T> InMemory()
    {
        T[] weights = [.. _weights];
        if (Extras.HasFlag(Extras.LateWeights))
        {
            weights.AsSpan(0, Count / 2).Fill(T.One);
        }

        return new TrainingSet<TModel, T>(new TrainingRows<T>
        {
            Rows = _rows,
            Labels = _targets.Length > 0 ? default : _labels,
            Targets = _targets,
            RowWeights = weights,
            Offsets = _offsets,
        });
    }

    public Evaluation Evaluate(TModel model) => model.Evaluate(_rows, _labels, _weights);

    /// <summary>Gets the rows with features that are rounded to single precision.</summary>
    public RandomRows<TModel, T> Rounded => new(this);

    public TrainingSet<TModel, T> InFile(string path) => InFile(path, 0, Count);

    public TrainingSet<TModel, T> InFile(string path, int first, int last)
    {
        using var builder = new TrainingSetBuilder<TModel, T>(path);
        AddTo(builder, first, last);
        return builder.Build();
    }

    private void AddTo(TrainingSetBuilder<TModel, T> builder, int first, int last)
    {
        (int classes, int features) = (TModel.Shape.Classes, TModel.Shape.Features);
        var random = new Random(7);
        while (first < last)
        {
            int end = Math.Min(last, first + 1 + random.Next(random.Next(4) == 0 ? 30_000 : 300));
            end = first < Count / 2 ? Math.Min(end, Count / 2) : end;
            bool isLate = first < Count / 2 && Extras.HasFlag(Extras.LateWeights);
            builder.Add(new TrainingRows<T>
            {
                Rows = _rows.AsSpan((first * features)..(end * features)),
                Labels = _targets.Length > 0 ? default : _labels.AsSpan(first..end),
                Targets = _targets.Length > 0 ? _targets.AsSpan((first * classes)..(end * classes)) : default,
                RowWeights = _weights.Length > 0 && !isLate ? _weights.AsSpan(first..end) : default,
                Offsets = _offsets.Length > 0 ? _offsets.AsSpan((first * classes)..(end * classes)) : default,
            });
            first = end;
        }
    }

    private static T[] Make(int count, Func<double> next)
    {
        var numbers = new T[count];
        foreach (ref T number in numbers.AsSpan())
        {
            number = T.CreateTruncating(next());
        }

        return numbers;
    }
}
