namespace SoftmaxGen.DiskProbe;

/// <summary>A model of rows that are objects.</summary>
[SoftmaxModel<Kind, Item>]
public sealed partial class ItemModel;
