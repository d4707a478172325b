using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Mcp.Routes;

/// <summary>What servers are, as their grains say it, held for some seconds.</summary>
internal sealed class ServerDefinitions(TimeProvider time, IOptions<McpOptions> options)
{
    private static readonly McpFault Unknown = new(FaultReason.ServerNotFound, "There is no such server.");

    /// <summary>The definition, if it was asked for not longer ago than it may be held.</summary>
    public ServerDefinition? Fresh(ServerRoute route) => route.FreshDefinition(time, options.Value.DefinitionLifetime);

    /// <summary>The definition, or why there is none.</summary>
    public async ValueTask<(ServerDefinition? Definition, McpFault? Fault)> AskAsync(
        ServerRoute route, CallContext context, CancellationToken cancellationToken)
    {
        var lookup = await route.Grain.DescribeAsync(context, cancellationToken);
        if (lookup.Definition is not { } definition)
        {
            return (null, lookup.Fault ?? Unknown);
        }

        route.Keep(definition, time);
        return (definition, null);
    }
}
