using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.CSharp;

namespace Smcp.Runtimes.Upstream;

/// <summary>A runtime whose servers are played by the test, and clients of both eras.</summary>
internal sealed class UpstreamHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private int _lastCall;

    public UpstreamHarness(
        UpstreamEra? era = UpstreamEra.Legacy, bool isShared = false, UpstreamRuntimeOptions? options = null)
    {
        options ??= new UpstreamRuntimeOptions();
        Links = new LineServerLinks(options) { Era = era, IsShared = isShared };
        Runtime = new UpstreamRuntime(
            new UpstreamTerms(Links, Events, options, TimeProvider.System, NullLogger.Instance));
    }

    public LineServerLinks Links { get; }

    public RecordingEvents Events { get; } = new();

    public UpstreamRuntime Runtime { get; }

    /// <summary>The server of the next link that is opened.</summary>
    public Task<LineServer> ServerAsync() =>
        Links.Servers.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);

    /// <summary>Opens a session; its server is initialized by the test, or here.</summary>
    public async Task<LineServer> OpenAsync(string session, string capabilities = "{}")
    {
        var opening = OpenPeerAsync(session, capabilities);
        var server = await ServerAsync();
        await server.InitializeAsync();
        var reply = await opening;
        Assert.False(reply.IsError, Encoding.UTF8.GetString(reply.Body.Span));
        return server;
    }

    public Task<McpReply> OpenPeerAsync(string session, string capabilities = "{}")
    {
        var initialize = new McpCall
        {
            Method = McpMethods.Initialize,
            Params = Encoding.UTF8.GetBytes(
                $$$"""{"capabilities":{{{capabilities}}},"clientInfo":{"name":"test","version":"1"}}"""),
        };
        var peer = new RuntimePeer(session, Caller("2025-11-25"), initialize, null);
        return Runtime.OpenPeerAsync(peer, default).AsTask();
    }

    /// <summary>Calls for a session.</summary>
    public Task<McpReply> CallAsync(
        string session,
        string parameters,
        IRuntimeOutput? output = null,
        CancellationToken cancellationToken = default) =>
        InvokeAsync(session, Caller("2025-11-25"), parameters, output, cancellationToken);

    /// <summary>Calls for a client without session.</summary>
    public Task<McpReply> CallModernAsync(
        string principal, string members = "", IRuntimeOutput? output = null, string capabilities = "{}") =>
        InvokeAsync(
            null,
            Caller("2026-07-28") with { Principal = PrincipalId.Parse(principal) },
            $$$"""
            {"name":"t","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientCapabilities":{{{capabilities}}}{{{members}}}}}
            """,
            output,
            default);

    public static JsonNode BodyOf(McpReply reply) => JsonNode.Parse(reply.Body.Span)!;

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    private Task<McpReply> InvokeAsync(
        string? session,
        CallContext caller,
        string parameters,
        IRuntimeOutput? output,
        CancellationToken cancellationToken)
    {
        var call = new RuntimeCall(
            CallId.Parse($"call-{Interlocked.Increment(ref _lastCall)}"),
            session,
            caller,
            new McpCall { Method = McpMethods.ToolsCall, Params = Encoding.UTF8.GetBytes(parameters) },
            output ?? new RecordingOutput());
        return Runtime.InvokeAsync(call, cancellationToken).AsTask();
    }

    private static CallContext Caller(string revision) => new()
    {
        Tenant = TenantId.Parse("default"),
        Principal = PrincipalId.Parse("tester"),
        Revision = revision,
        CorrelationId = "test",
    };
}
