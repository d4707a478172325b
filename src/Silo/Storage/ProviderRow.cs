namespace Smcp.Storage;

/// <summary>
/// A row of grain state as the cluster's storage holds it: our own counter beside the provider's ETag.
/// </summary>
internal sealed record ProviderRow
{
    public long Version { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }
}
