using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Servers;

namespace Smcp.Mcp.Routes;

/// <summary>Finds the instance that serves a caller without session.</summary>
internal sealed class InstanceRoutes(IGrainLocator grains, TimeProvider time, IOptions<McpOptions> options)
{
    /// <summary>The instance, or why there is none. Completes at once while the server's definition is kept.</summary>
    public ValueTask<(IInstanceGrain? Instance, McpFault? Fault)> FindAsync(McpExchange exchange) =>
        exchange.Route.FreshDefinition(time, options.Value.DefinitionLifetime) is { } definition
            ? new((Locate(exchange, definition), null))
            : AskAsync(exchange);

    private async ValueTask<(IInstanceGrain? Instance, McpFault? Fault)> AskAsync(McpExchange exchange)
    {
        var lookup = await exchange.Route.Grain.DescribeAsync(exchange.Context(), exchange.Http.RequestAborted);
        if (lookup.Definition is not { } definition)
        {
            return (null, lookup.Fault ?? new McpFault(FaultReason.ServerNotFound, "There is no such server."));
        }

        exchange.Route.Keep(definition, time);
        return (Locate(exchange, definition), null);
    }

    private IInstanceGrain Locate(McpExchange exchange, ServerDefinition definition) => definition.Scope switch
    {
        InstanceScope.Shared => exchange.Route.SharedInstance,
        InstanceScope.Session => grains.Locate<IInstanceGrain>(PrincipalKey(exchange).ToString()),
        _ => throw new InvalidOperationException($"No instance is defined for scope {definition.Scope}."),
    };

    private static InstanceKey PrincipalKey(McpExchange exchange) =>
        new(exchange.Route.Tenant, exchange.Route.Server, exchange.Caller.Principal.ToString());
}
