using System.Net;
using Smcp.Network.Binding;

namespace Smcp.Nodes;

/// <summary>Where a node listens, and whether it may.</summary>
internal static class NodeAddresses
{
    public const string UrlsKey = "urls";

    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The addresses for HTTP, without those of <c>Kestrel:Endpoints</c>.</summary>
    public static string[] UrlsOf(IConfiguration configuration) =>
        (configuration[UrlsKey] ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One sentence when the node cannot listen where it was told to, or may not.</summary>
    public static string? Problem(NodeOptions node, IConfiguration configuration)
    {
        if (!IPAddress.TryParse(node.Address, out var address) || address.Equals(IPAddress.Any))
        {
            return $"--address is no IP address at which other nodes reach this one: {node.Address}.";
        }

        // A silo alone answers nothing there but its health.
        return node.Role == NodeRole.Silo ? null : OpenBinding.Of(configuration).Problem();
    }
}
