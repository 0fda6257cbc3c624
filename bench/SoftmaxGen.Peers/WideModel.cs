namespace SoftmaxGen.Peers;

/// <summary>Two classes of seventeen numbers.</summary>
[SoftmaxModel(Classes = 2, Features = 17)]
internal sealed partial class WideModel;

internal enum WideLabel
{
    No,
    Yes,
}

/// <summary>The same as a type.</summary>
public readonly record struct WideRow(
    double F0,
    double F1,
    double F2,
    double F3,
    double F4,
    double F5,
    double F6,
    double F7,
    double F8,
    double F9,
    double F10,
    double F11,
    double F12,
    double F13,
    double F14,
    double F15,
    double F16);

/// <summary>A model of the type.</summary>
[SoftmaxModel<WideLabel, WideRow>]
internal sealed partial class WideRowModel;
