using Microsoft.Extensions.Options;
using Smcp.Servers;

namespace Smcp.Nodes;

/// <summary>Gives a stop the time that draining takes at most, and then some for Orleans.</summary>
internal sealed class NodeShutdown(IOptions<InstanceOptions> instances) : IConfigureOptions<HostOptions>
{
    private static readonly TimeSpan Orleans = TimeSpan.FromSeconds(30);

    public void Configure(HostOptions options) =>
        options.ShutdownTimeout = (instances.Value.DrainTimeout * 2) + Orleans;
}
