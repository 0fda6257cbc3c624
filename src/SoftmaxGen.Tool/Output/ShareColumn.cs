using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SoftmaxGen.Tool.Output;

/// <summary>The share of an activity beside its bar, which fills up by it.</summary>
internal sealed class ShareColumn(Activity activity) : ProgressColumn
{
    /// <summary>Writes a share.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public static string Text(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        double share = activity.Share;
        task.IsIndeterminate = double.IsNaN(share);
        task.Value = double.IsNaN(share) ? 0 : share * task.MaxValue;
        return new Text(double.IsNaN(share) ? "" : Text(share));
    }
}
