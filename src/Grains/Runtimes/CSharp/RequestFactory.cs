using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Runtimes.CSharp;

/// <summary>Makes request handlers of the SDK's typed ones: params read once, result written once.</summary>
internal sealed class RequestFactory(ResultWriter results, CSharpRuntimeOptions options)
{
    public ResultWriter Results => results;

    public CSharpRuntimeOptions Options => options;

    /// <summary>A method whose params and result the SDK knows.</summary>
    public RequestHandler Typed<TParams, TResult>(McpRequestHandler<TParams, TResult> handler)
        where TParams : RequestParams, new()
        where TResult : Result =>
        async (call, cancellationToken) =>
        {
            var context = Read(
                call, static raw => JsonSerializer.Deserialize(raw.Span, McpJson<TParams>.Info), new TParams());
            return results.Write(await handler(context, cancellationToken), call.Revision);
        };

    /// <summary>
    /// A method whose handler may throw <see cref="InputRequiredException"/>: it is called again with the answers.
    /// </summary>
    public RequestHandler Asking<TParams, TResult>(McpRequestHandler<TParams, TResult> handler)
        where TParams : RequestParams
        where TResult : Result =>
        async (call, cancellationToken) =>
        {
            var context = Read(call, static raw => JsonSerializer.Deserialize(raw.Span, McpJson<TParams>.Info), null);
            var outcome = await InputRounds.RunAsync(call, context, handler, options.InputRoundsMax, cancellationToken);
            return outcome.Result is { } result
                ? results.Write(result, call.Revision)
                : results.Write(outcome.InputRequired!, call.Revision);
        };

    /// <summary>A method of the author's own, over raw JSON.</summary>
    public static RequestHandler Raw(McpServerRequestHandler custom) =>
        async (call, cancellationToken) =>
        {
            var result = await custom.Handler(Envelope(call), cancellationToken);
            return JsonSerializer.SerializeToUtf8Bytes(result ?? new JsonObject(), McpJson<JsonNode>.Info);
        };

    /// <summary>Puts the author's filters around a handler, the first outermost.</summary>
    public static McpRequestHandler<TParams, TResult> Filtered<TParams, TResult>(
        McpRequestHandler<TParams, TResult> handler, IList<McpRequestFilter<TParams, TResult>> filters)
    {
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            handler = filters[i](handler);
        }

        return handler;
    }

    /// <summary>The request as filters and tools can see it, with all that the client sent.</summary>
    public static JsonRpcRequest Envelope(CallServer call) => new()
    {
        Id = call.RequestId,
        Method = call.Method,
        Params = call.Params.IsEmpty ? null : JsonNode.Parse(call.Params.Span),
        Context = new JsonRpcMessageContext
        {
            User = CallerPrincipal.Of(call.Caller),
            ProtocolVersion = call.Revision.Value,
            ClientCapabilities = call.Peer is null ? call.ClientCapabilities : null,
        },
    };

    private static RequestContext<TParams> Read<TParams>(
        CallServer call, Func<ReadOnlyMemory<byte>, TParams?> read, TParams? whenEmpty)
        where TParams : RequestParams
    {
        var parameters = (call.Params.IsEmpty ? whenEmpty : read(call.Params))
            ?? throw new McpProtocolException("The request has no params.", McpErrorCode.InvalidParams);
        call.Meta = parameters.Meta;
        return new RequestContext<TParams>(call, Envelope(call), parameters);
    }
}
