using System.Diagnostics;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp;

/// <summary>What the gateway tells of itself to tracing. Free while nobody listens.</summary>
internal sealed class GatewayTelemetry : IDisposable
{
    public const string SourceName = "Smcp.Gateway";

    private readonly ActivitySource _source = new(SourceName);

    /// <summary>
    /// The span of one message. Its parent is what the message itself names: between client and server there may be
    /// more than one hop of HTTP.
    /// </summary>
    public Activity? Start(McpExchange exchange)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var message = exchange.Body.Single;
        var parent = ActivityContext.TryParse(message?.Peek.TraceParent, message?.Peek.TraceState, out var named)
            ? named
            : Activity.Current?.Context ?? FromHeaders(exchange);
        var method = message is null ? null : McpMethods.LabelOf(message.Method);
        var activity = _source.StartActivity($"mcp {method ?? "batch"}", ActivityKind.Server, parent);
        activity?.SetTag("mcp.method.name", method);
        activity?.SetTag("mcp.protocol.version", exchange.Revision.Value);
        activity?.SetTag("smcp.tenant", exchange.Route.Tenant.ToString());
        activity?.SetTag("smcp.server", exchange.Route.Server.ToString());
        activity?.SetTag("smcp.correlation_id", exchange.Http.TraceIdentifier);
        return activity;
    }

    public void Dispose() => _source.Dispose();

    private static ActivityContext FromHeaders(McpExchange exchange)
    {
        var headers = exchange.Http.Request.Headers;
        return ActivityContext.TryParse(headers.TraceParent, headers.TraceState, out var context) ? context : default;
    }
}
