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
            : AskAsync(exchange);

    private async ValueTask<(IInstanceGrain? Instance, McpFault? Fault)> AskAsync(McpExchange exchange)
    {
        var (definition, fault) = await definitions.AskAsync(
            exchange.Route, exchange.Context(), exchange.Http.RequestAborted);
        return definition is null ? (null, fault) : (Locate(exchange, definition), null);
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
