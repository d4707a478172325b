namespace Smcp.EndToEnd.Runtimes;

[CollectionDefinition(Name)]
public sealed class RuntimesCollection : ICollectionFixture<RuntimesFixture>
{
    public const string Name = "runtimes";
}
