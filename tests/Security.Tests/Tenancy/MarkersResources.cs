using System.ComponentModel;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Tenancy;

[McpServerResourceType]
public sealed class MarkersResources(IServerState<MarkersState> state)
{
    [McpServerResource(UriTemplate = "kept://{tenant}", Name = "kept"), Description("All that is kept.")]
    public string Kept(string tenant) => $"{tenant}: {string.Join(' ', state.Value.Kept)}";
}
