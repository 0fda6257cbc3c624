using Models;
using SoftmaxGen.Compiler.Tests.BuildTime;

namespace SoftmaxGen.Compiler.Tests;

/// <summary>What is compiled at run time does what the same declaration does that was compiled with the program, to the bit.</summary>
public sealed class AgreementTests
{
    private const int RowCount = 300;

    private static readonly string[] _contracts = ["monthly", "one year", "two years"];

    [Fact]
    public void A_definition_is_written_as_the_file_that_was_compiled() =>
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "BuildTime", "Customer.cs")), Shapes.Customer.ToCSharp());

    [Fact]
    public void Rows_of_values_train_and_predict_to_the_bit()
    {
        Customer[] customers = [.. Enumerable.Range(0, RowCount).Select(MakeCustomer)];
        using ICompiledTrainer trainer = ModelCompiler.Compile(Shapes.Customer, Shapes.Uncached);
        TrainingResult<CustomerModel> expected = CustomerModel.Train(customers, new TrainingOptions { L2 = 0.01 });

        Assert.Equal(CustomerModel.Shape.Fingerprint, trainer.Shape.Fingerprint);
        double[] features = new double[RowCount * CustomerModel.Features];
        double[] own = new double[CustomerModel.Features];
        for (int row = 0; row < RowCount; row++)
        {
            Span<double> written = features.AsSpan(row * CustomerModel.Features, CustomerModel.Features);
            trainer.CopyFeatures(Values(customers[row]), written);
            CustomerModel.CopyFeatures(in customers[row], own);
            AssertBits(own, written.ToArray());
        }

        int[] labels = [.. customers.Select(static customer => (int)customer.Churn)];
        CompiledTraining training = trainer.Train(features, labels, new TrainingOptions { L2 = 0.01 });
        Assert.Equal(expected.StopReason, training.StopReason);
        Assert.Equal(expected.Loss, training.Loss);
        AssertBits(expected.Model.Weights.ToArray(), training.Model.CopyWeights());

        double[] expectedProbabilities = new double[3];
        double[] probabilities = new double[3];
        foreach (Customer customer in customers)
        {
            expected.Model.PredictProbabilities(in customer, expectedProbabilities);
            int best = training.Model.PredictProbabilities(Values(customer), probabilities);
            AssertBits(expectedProbabilities, probabilities);
            Assert.Equal((int)expected.Model.Predict(in customer), best);
        }
    }

    [Fact]
    public void Blanks_in_numbers_that_have_none_are_refused_by_name()
    {
        using ICompiledTrainer trainer = ModelCompiler.Compile(Shapes.Customer, Shapes.Uncached);
        double[] numbers = [1, 2, double.NaN, 1, 20, 5, 0, 0, 0];
        string?[] texts = [null, null, null, null, null, null, "monthly", "DE", "me"];
        double[] features = new double[trainer.Shape.Features];

        Assert.Contains("is senior is blank", Refusal(numbers), StringComparison.Ordinal);
        numbers[2] = 0.5;
        Assert.Contains("is senior is 0.5", Refusal(numbers), StringComparison.Ordinal);
        Assert.Contains("the shape has 9 features", Refusal(numbers[1..]), StringComparison.Ordinal);

        string Refusal(double[] values) => Assert.Throws<ArgumentException>(() => trainer.CopyFeatures(new RowValues(values, texts), features)).Message;
    }

    [Fact]
    public void A_model_of_source_does_all_that_the_compiled_one_does()
    {
        (double[] rows, int[] labels) = MakeRows();
        using ICompiledTrainer trainer = ModelCompiler.Compile(PlainModels.Source, Shapes.Uncached);
        using ICompiledTrainingSet set = trainer.CreateTrainingSet(rows, labels);
        using TrainingSet<PlainModel, double> expectedSet = PlainModel.CreateTrainingSet(rows, labels);
        TrainingResult<PlainModel> expected = SoftmaxTrainer.Train(expectedSet);
        ICompiledModel model = trainer.Train(set).Model;

        Assert.Equal(RowCount, set.RowCount);
        AssertBits(expected.Model.Weights.ToArray(), model.CopyWeights());
        Assert.Equal(expected.Model.Predict(rows.AsSpan(0, 4)), model.Predict(rows.AsSpan(0, 4)));
        Assert.Equal(PlainModel.Shape.ClassName(expected.Model.Predict(rows.AsSpan(0, 4)) - 1), model.PredictName(rows.AsSpan(0, 4)));
        AssertBits(Batch(expected.Model.PredictProbabilitiesBatch), Batch(model.PredictProbabilitiesBatch));
        Assert.Equal(Labels(expected.Model.PredictBatch), Labels(model.PredictBatch));
        Assert.Equal(expected.Model.Evaluate(expectedSet).LogLoss, model.Evaluate(set).LogLoss);
        Assert.Equal(
            CrossValidation.Run(expectedSet, folds: 3, seed: 7).LogLoss.Mean, trainer.CrossValidate(set, folds: 3, seed: 7).LogLoss.Mean);
        Assert.Equal(
            L2Path.Run(expectedSet, [0.1, 0.01], folds: 3).Best.L2, trainer.FindPenalty(set, [0.1, 0.01], folds: 3).Best.L2);

        double[] expectedParts = new double[4];
        double[] parts = new double[4];
        CompiledExplanation why = model.Explain(rows.AsSpan(0, 4), parts);
        ReferenceExplanation expectedWhy = expected.Model.ExplainMargin(
            rows.AsSpan(0, 4), PlainModel.Shape.Label(why.Best), PlainModel.Shape.Label(why.RunnerUp), expectedParts);
        Assert.Equal(expectedWhy.Value, why.Margin);
        Assert.True(why.Margin > 0);
        AssertBits(expectedParts, parts);

        double[] Batch(PredictProbabilities predict)
        {
            double[] probabilities = new double[RowCount * 3];
            predict(rows, probabilities);
            return probabilities;
        }

        int[] Labels(PredictAll predict)
        {
            int[] predicted = new int[RowCount];
            predict(rows, predicted);
            return predicted;
        }
    }

    [Fact]
    public void Files_pass_between_the_two()
    {
        (double[] rows, int[] labels) = MakeRows();
        using ICompiledTrainer trainer = ModelCompiler.Compile(PlainModels.Source, Shapes.Uncached);
        TrainingResult<PlainModel> expected = PlainModel.Train(rows, labels);
        using var expectedFile = new MemoryStream();
        using var file = new MemoryStream();
        expected.Save(expectedFile);
        trainer.Train(rows, labels).Save(file);

        Assert.Equal(expectedFile.ToArray(), file.ToArray());
        file.Position = 0;
        AssertBits(expected.Model.Weights.ToArray(), trainer.Load(file).CopyWeights());
        AssertBits(expected.Model.Weights.ToArray(), trainer.FromWeights(expected.Model.Weights).CopyWeights());
    }

    [Fact]
    public void Single_precision_is_converted()
    {
        (double[] rows, int[] labels) = MakeRows();
        using ICompiledTrainer trainer = ModelCompiler.Compile(PlainModels.SingleSource, Shapes.Uncached);
        float[] single = Array.ConvertAll(rows, static value => (float)value);
        SingleModel expected = SingleModel.Train(single, labels).Model;
        ICompiledModel model = trainer.Train(rows, labels).Model;
        float[] expectedProbabilities = new float[3];
        double[] probabilities = new double[3];
        expected.PredictProbabilities(single.AsSpan(0, 4), expectedProbabilities);
        model.PredictProbabilities(rows.AsSpan(0, 4), probabilities);

        Assert.Equal(Array.ConvertAll(expectedProbabilities, static value => (double)value), probabilities);
        Assert.Equal(Array.ConvertAll(expected.Weights.ToArray(), static value => (double)value), model.CopyWeights());
    }

    [Fact]
    public void Sets_are_for_their_own_trainer()
    {
        (double[] rows, int[] labels) = MakeRows();
        using ICompiledTrainer trainer = ModelCompiler.Compile(PlainModels.Source, Shapes.Uncached);
        using ICompiledTrainer other = ModelCompiler.Compile(PlainModels.Source, Shapes.Uncached);
        using ICompiledTrainingSet set = trainer.CreateTrainingSet(rows, labels);

        Assert.Contains("another trainer", Assert.Throws<ArgumentException>(() => other.Train(set)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => trainer.CopyFeatures(default, default));
    }

    private delegate void PredictProbabilities(ReadOnlySpan<double> rows, Span<double> probabilities);

    private delegate void PredictAll(ReadOnlySpan<double> rows, Span<int> labels);

    private static Customer MakeCustomer(int row)
    {
        var random = new Random(row);
        return new Customer(
            random.NextDouble(),
            row % 5 == 0 ? null : random.NextDouble() * 50,
            row % 3 == 0,
            row % 4 == 0 ? null : row % 2 == 0,
            random.Next(100),
            row % 7 == 0 ? null : random.Next(-5, 20),
            _contracts[row % 3],
            row % 6 == 0 ? null : row % 2 == 0 ? "DE" : "FR",
            $"user {random.Next(30)}",
            (Churn)((row + random.Next(2)) % 3));
    }

    private static RowValues Values(Customer customer) => new(
        new[]
        {
            customer.Income, customer.Charges ?? double.NaN, customer.IsSenior ? 1 : 0, customer.HasFiber is { } fiber ? fiber ? 1 : 0
                : double.NaN, customer.Age,
            customer.Usage ?? double.NaN, 0, 0, 0,
        },
        new[] { null, null, null, null, null, null, customer.Contract, customer.Country, customer.User });

    private static (double[] Rows, int[] Labels) MakeRows()
    {
        var random = new Random(5);
        int[] labels = [.. Enumerable.Range(0, RowCount).Select(static row => 1 + (row % 3))];
        return ([.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(feature => random.NextDouble() + (label * (feature % 2) * 0.4)))], labels);
    }

    private static void AssertBits(double[] expected, double[] actual) =>
        Assert.Equal(Array.ConvertAll(expected, BitConverter.DoubleToInt64Bits), Array.ConvertAll(actual, BitConverter.DoubleToInt64Bits));
}
