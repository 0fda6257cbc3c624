namespace SoftmaxGen.Site.Tests;

/// <summary>The tests that share the site.</summary>
[CollectionDefinition(Name)]
public sealed class SiteGroup : ICollectionFixture<BuiltSite>
{
    public const string Name = "Site";
}
