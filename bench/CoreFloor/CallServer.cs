using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.CoreFloor;

/// <summary>
/// A server of our own for one call: what the SDK's own per-request server costs, without the session behind it.
/// </summary>
internal sealed class CallServer(McpServerOptions options) : McpServer
{
    public override ClientCapabilities? ClientCapabilities => null;

    public override Implementation? ClientInfo => null;

    public override McpServerOptions ServerOptions => options;

    public override IServiceProvider? Services => null;

    [Obsolete("Deprecated with the 2026-07-28 revision.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => null;

    public override string? SessionId => null;

    public override string? NegotiatedProtocolVersion => "2025-11-25";

    public override Task RunAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override Task<JsonRpcResponse> SendRequestAsync(
        JsonRpcRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override IAsyncDisposable RegisterNotificationHandler(
        string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
