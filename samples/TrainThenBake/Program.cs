// Finds the desk that a message belongs to. The first run trains and saves the weights; from the next build on the program carries them.
using System.Globalization;
using SoftmaxGen;
using TrainThenBake;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
DeskModel? model = DeskModel.Pretrained;
if (model is null)
{
    TrainingResult<DeskModel> fit = Train();
    if (!fit.Converged)
    {
        throw new InvalidOperationException($"The training stopped: {fit.StopReason}.");
    }

    fit.Save("desk.softmax.json");
    model = fit.Model;
    Console.WriteLine("Trained, and saved as desk.softmax.json: run again to carry the weights in the program.");
}
else
{
    Console.WriteLine("The weights are part of the program: nothing was trained, no file was read.");
}

Desk desk = model.Predict(new Message(Invoices: 0, Failures: 3, Products: 1, Questions: 2), out double probability);
Console.WriteLine($"{desk}, {probability:F6}");

// Messages that people have sorted; here they are made up.
static TrainingResult<DeskModel> Train()
{
    var random = new Random(1);
    var messages = new Message[600];
    var desks = new Desk[messages.Length];
    for (int i = 0; i < messages.Length; i++)
    {
        desks[i] = (Desk)random.Next(3);
        messages[i] = new Message(
            random.Next(desks[i] == Desk.Billing ? 5 : 2), random.Next(desks[i] == Desk.Technical ? 5 : 2),
            random.Next(desks[i] == Desk.Sales ? 4 : 3), random.Next(3));
    }

    return DeskModel.Train(messages, desks);
}
