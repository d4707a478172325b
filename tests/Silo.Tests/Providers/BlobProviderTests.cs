using Smcp.TestSupport;

namespace Smcp.Providers;

/// <summary>Members, state, logs and reminders in Azure's blobs; bells by Orleans' memory streams.</summary>
public sealed class BlobProviderTests(AzuriteServer server) : ProviderContract, IClassFixture<AzuriteServer>
{
    protected override Dictionary<string, string?> NewSettings() => new()
    {
        [$"{ProviderOptions.Section}:Store"] = nameof(StoreKind.AzureBlobs),
        [$"{ProviderOptions.Section}:Bells"] = nameof(BellKind.Memory),
        ["Smcp:AzureBlobs:ConnectionString"] = server.ConnectionString,
        ["Smcp:AzureBlobs:Container"] = server.NewContainer(),

        // The stand-in has one thread, and a busy machine little for it.
        ["Smcp:AzureBlobs:RequestTimeout"] = "00:01:00",
    };
}
