using Smcp.TestSupport;

namespace Smcp;

/// <summary>One server for all tests of the project, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
