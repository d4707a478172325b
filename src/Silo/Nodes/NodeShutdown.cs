using Microsoft.Extensions.Options;
using Smcp.Servers;

namespace Smcp.Nodes;

/// <summary>Gives a stop the time that draining takes at most, and then some for Orleans.</summary>
internal sealed class NodeShutdown(IOptions<InstanceOptions> instances, IOptions<NodeOptions> node)
    : IConfigureOptions<HostOptions>
{
    public void Configure(HostOptions options) =>
        options.ShutdownTimeout = (instances.Value.DrainTimeout * 2) + node.Value.StopTime;
}
