using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>The methods about the connection itself.</summary>
internal static class SessionHandlers
{
    public static void AddTo(Dictionary<string, RequestHandler> handlers, CSharpServer server, ResultWriter results)
    {
        handlers[McpMethods.Ping] = (call, _) => LegacyAsync(call, () => new PingResult(), results);
        handlers[McpMethods.SetLogLevel] = (call, _) => LegacyAsync(call, () => SetLevel(call), results);
        handlers[McpMethods.Discover] = (call, _) => call.Revision.UsesSessions
            ? throw NotServed(call)
            : ValueTask.FromResult(results.Write(server.Describe(call.Runtime.Instance).Discovered(), call.Revision));
    }

    private static ValueTask<ReadOnlyMemory<byte>> LegacyAsync<TResult>(
        CallServer call, Func<TResult> handle, ResultWriter results)
        where TResult : Result =>
        call.Peer is null ? throw NotServed(call) : ValueTask.FromResult(results.Write(handle(), call.Revision));

    private static EmptyResult SetLevel(CallServer call)
    {
        var asked = JsonSerializer.Deserialize(call.Params.Span, McpJson<SetLevelRequestParams>.Info)
            ?? throw new McpProtocolException("The request has no params.", McpErrorCode.InvalidParams);
        call.Peer!.LogLevel = asked.Level;
        return new EmptyResult();
    }

    private static McpProtocolException NotServed(CallServer call) => new(
        $"The method '{ClientText.Clip(call.Method)}' is not available on protocol version '{call.Revision}'.",
        McpErrorCode.MethodNotFound);
}
