namespace Smcp.Threats;

/// <summary>For tests that attack the shared products, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class JailSitesCollection : ICollectionFixture<JailSites>
{
    public const string Name = "jail sites";
}
