namespace Smcp.EndToEnd.Login;

[CollectionDefinition(Name)]
public sealed class MembersCollection : ICollectionFixture<MembersFixture>
{
    public const string Name = "members";
}
