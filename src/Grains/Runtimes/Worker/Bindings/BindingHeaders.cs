namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>The headers of the requests that workerd makes of a binding, and of their answers.</summary>
internal static class BindingHeaders
{
    /// <summary>Ours: which binding it is.</summary>
    public const string Binding = "Smcp-Binding";

    /// <summary>What it says of a request to the network: no binding can be called that.</summary>
    public const string NetworkName = "*";

    public const string KeyValueMetadata = "CF-KV-Metadata";
    public const string ObjectRequest = "CF-R2-Request";
    public const string ObjectMetadataSize = "CF-R2-Metadata-Size";
    public const string ObjectError = "CF-R2-Error";
}
