namespace SoftmaxGen.Tests.PublicApi;

#pragma warning disable CA1028 // How an underlying type is listed is what it is for.
public enum ListedKind : byte
#pragma warning restore CA1028
{
    None,
    One,
}
