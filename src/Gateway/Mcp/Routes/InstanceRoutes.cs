using Smcp.Engine;
using Smcp.Servers;

namespace Smcp.Mcp.Routes;

/// <summary>Finds the instance that serves a caller without session.</summary>
internal sealed class InstanceRoutes(IGrainLocator grains, ServerDefinitions definitions)
{
    /// <summary>The instance, or why there is none. Completes at once while the server's definition is kept.</summary>
    public ValueTask<(IInstanceGrain? Instance, McpFault? Fault)> FindAsync(McpExchange exchange) =>
        definitions.Fresh(exchange.Route) is { } definition
            ? new((Locate(exchange, definition), null))
            : FindAgainAsync(exchange);

    /// <summary>The same by the server's own word: what is kept here may name a version that serves no more.</summary>
    public async ValueTask<(IInstanceGrain? Instance, McpFault? Fault)> FindAgainAsync(McpExchange exchange)
    {
        var (definition, fault) = await definitions.AskAsync(
            exchange.Route, exchange.Context(), exchange.Http.RequestAborted);
        return definition is null ? (null, fault) : (Locate(exchange, definition), null);
    }

    private IInstanceGrain Locate(McpExchange exchange, ServerDefinition definition) =>
        definition is { Scope: InstanceScope.Shared, Deployed: null }
            ? exchange.Route.SharedInstance
            : grains.Locate<IInstanceGrain>(KeyOf(exchange, definition).ToString());

    private static InstanceKey KeyOf(McpExchange exchange, ServerDefinition definition) => InstanceKey.Of(
        new ServerKey(exchange.Route.Tenant, exchange.Route.Server),
        definition,
        exchange.Caller.Principal.ToString(),
        exchange.Caller.Principal);
}
