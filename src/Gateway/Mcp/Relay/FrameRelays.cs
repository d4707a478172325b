using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Mcp.Answers;
using Smcp.Protocol;

namespace Smcp.Mcp.Relay;

/// <summary>Opens the response streams of revisions without sessions.</summary>
internal sealed class FrameRelays(
    IEngineFailures failures,
    TenantAuthentication authentication,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    StopDeadline stop,
    IOptions<McpOptions> options,
    ILogger<FrameRelay> logger)
{
    /// <summary>
    /// Relays the frames of a call, of which the last is its answer. A stopping process waits for it, until its
    /// deadline; then the client is told that the outcome is unknown.
    /// </summary>
    public Task FollowAsync(McpExchange exchange, Func<CancellationToken, IAsyncEnumerable<McpFrame>> open) =>
        Make(exchange).RunAsync(open, LastOfCall, stop.Passed);

    /// <summary>Relays what a client listens to. A stopping process ends it in the protocol's words.</summary>
    public Task ListenAsync(McpExchange exchange, Func<CancellationToken, IAsyncEnumerable<McpFrame>> open) =>
        Make(exchange).RunAsync(open, LastOfListen(exchange.Id), lifetime.ApplicationStopping);

    private FrameRelay Make(McpExchange exchange) =>
        new(exchange, failures, authentication, time, options.Value, logger);

    private static McpFrame LastOfCall => new()
    {
        Kind = McpFrameKind.Error,
        Body = JsonRpcWriter.Error(McpErrorCodes.InternalError, McpErrorMap.NoAnswer.Message),
    };

    /// <summary>2026-07-28 subscriptions: a graceful end is the listen request's own result.</summary>
    private static McpFrame LastOfListen(JsonRpcId id) => new()
    {
        Kind = McpFrameKind.Result,
        Body = System.Text.Encoding.UTF8.GetBytes(
            $"{{\"resultType\":\"complete\",\"_meta\":{{\"{McpMetaKeys.SubscriptionId}\":{id}}}}}"),
    };
}
