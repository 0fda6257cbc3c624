using System.Text;

namespace ChurnLoadTest;

/// <summary>Puts models, and files that are none, over the file of a running service.</summary>
/// <param name="file">The path of the file.</param>
internal sealed class Deployment(string file)
{
    private readonly byte[][] _models = new byte[2][];

    /// <summary>Trains the models that are put in turn.</summary>
    /// <param name="folder">A folder for them.</param>
    /// <returns>A task that ends when they are there.</returns>
    public async Task PrepareAsync(string folder)
    {
        for (int i = 0; i < _models.Length; i++)
        {
            string path = Path.Combine(folder, $"model{i}.json");
            await ServiceProcess.TrainAsync(path, seed: 100 + i);
            _models[i] = await File.ReadAllBytesAsync(path);
        }
    }

    /// <summary>Deploys at an even pace.</summary>
    /// <param name="swaps">The number of models.</param>
    /// <param name="badFiles">The number of files that are none.</param>
    /// <param name="time">How long it all takes.</param>
    /// <returns>A task that ends with the last.</returns>
    public async Task RunAsync(int swaps, int badFiles, TimeSpan time)
    {
        // Bad files lie evenly between models, the last file is a model: a service must be able to start with it.
        int total = swaps + badFiles;
        int period = badFiles > 0 ? total / badFiles : int.MaxValue;
        for (int i = 0, bad = 0; i < total; i++)
        {
            // Never less than this between two files: one that is replaced before the service has looked is nobody's model.
            await Task.Delay(time / (total + 1));
            if (i % period == period / 2 && bad < badFiles)
            {
                bad++;
                Put(Encoding.ASCII.GetBytes($"bad file {bad}"));
            }
            else
            {
                Put(_models[(i - bad) % _models.Length]);
            }
        }
    }

    // As those who deploy do: a file beside, and a rename.
    private void Put(byte[] content)
    {
        File.WriteAllBytes(file + ".new", content);
        File.Move(file + ".new", file, overwrite: true);
    }
}
