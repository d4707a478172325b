using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>Resolves a server of the catalog. An unknown tenant and an unknown server look alike to a caller.</summary>
internal class ServerGrain(IActivationContext activation, IServerCatalog catalog) : IServerGrain
{
    private readonly ServerKey _key = ServerKey.Parse(activation.Key);

    public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        var definition = context.Tenant == _key.Tenant && _key.Tenant == TenantId.Default
            ? catalog.Find(_key.Server)
            : null;

        return ValueTask.FromResult(definition is null
            ? new ServerLookup { Fault = new McpFault(FaultReason.ServerNotFound, "There is no such server.") }
            : new ServerLookup { Definition = definition });
    }
}
