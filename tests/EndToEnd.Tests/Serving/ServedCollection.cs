namespace Smcp.EndToEnd.Serving;

[CollectionDefinition(Name)]
public sealed class ServedCollection : ICollectionFixture<ServedFixture>
{
    public const string Name = "served";
}
