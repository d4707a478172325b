namespace Smcp.Conventions;

/// <summary>All conventions share one reading of the repository.</summary>
[CollectionDefinition(Name)]
public sealed class ConventionCollection : ICollectionFixture<SourceTree>
{
    public const string Name = "conventions";
}
