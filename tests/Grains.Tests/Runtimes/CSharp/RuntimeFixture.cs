using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Hosting.Classes;
using Smcp.Hosting.Data;
using Smcp.Hosting.Secrets;
using Smcp.Hosting.State;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Runtimes.CSharp;

/// <summary>A C# runtime of a server class, with both eras' ways to call it.</summary>
internal sealed class RuntimeFixture : IAsyncDisposable
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly ServerClass _class;
    private int _lastCall;

    private RuntimeFixture(ServerClass served, CSharpRuntime runtime, RecordingEvents events)
    {
        _class = served;
        Runtime = runtime;
        Events = events;
    }

    public CSharpRuntime Runtime { get; }

    public RecordingEvents Events { get; }

    public static Task<RuntimeFixture> StartAsync<TServer>(
        IGrainStorage? storage = null, CSharpRuntimeOptions? options = null)
    {
        var served = ServerClass.Load(typeof(TServer), NullLoggerFactory.Instance, TimeProvider.System);
        var definition = CSharpServerCatalog.Define(typeof(TServer));
        return StartAsync(new CSharpServer(served, definition, options ?? new CSharpRuntimeOptions()), storage);
    }

    public static async Task<RuntimeFixture> StartAsync(CSharpServer server, IGrainStorage? storage = null)
    {
        var events = new RecordingEvents();
        var key = new InstanceKey(TenantId.Parse("default"), server.Definition.Id, InstanceKey.Shared);
        var start = new RuntimeStart(
            key,
            server.Definition,
            storage ?? new MemoryGrainStorage(),
            new ServerData(
                new GivenSecrets(new Dictionary<string, string>()),
                new StateKeyValues(new MemoryStateStore(), TimeProvider.System),
                new StateObjects(new MemoryStateStore(), TimeProvider.System)));
        var instance = await server.Class.StartInstanceAsync(new InstanceHost(start, events), CancellationToken.None);
        var runtime = new CSharpRuntime(server, instance, events, NullLogger.Instance);
        return new RuntimeFixture(server.Class, runtime, events);
    }

    /// <summary>Opens a session and returns the result of its initialize.</summary>
    public async Task<JsonNode> OpenAsync(string session, string capabilities = "{}", string revision = "2025-11-25")
    {
        var initialize = new McpCall
        {
            Method = McpMethods.Initialize,
            Params = Encoding.UTF8.GetBytes(
                $$$"""
                {
                  "protocolVersion": "{{{revision}}}",
                  "capabilities": {{{capabilities}}},
                  "clientInfo": { "name": "test", "version": "1" }
                }
                """),
        };
        var reply = await Runtime.OpenPeerAsync(
            new RuntimePeer(session, Caller(revision), initialize, null), CancellationToken.None);
        return Parse(reply);
    }

    public Task<JsonNode> CallToolAsync(
        string? session,
        string tool,
        string arguments = "{}",
        IRuntimeOutput? output = null,
        CancellationToken cancellationToken = default) =>
        InvokeAsync(
            session,
            McpMethods.ToolsCall,
            $$$"""{"name":"{{{tool}}}","arguments":{{{arguments}}}}""",
            output,
            cancellationToken);

    public async Task<JsonNode> InvokeAsync(
        string? session,
        string method,
        string parameters = "{}",
        IRuntimeOutput? output = null,
        CancellationToken cancellationToken = default)
    {
        var reply = await RawAsync(session, method, parameters, output, cancellationToken);
        return Parse(reply);
    }

    public ValueTask<McpReply> RawAsync(
        string? session,
        string method,
        string parameters,
        IRuntimeOutput? output = null,
        CancellationToken cancellationToken = default)
    {
        var call = new RuntimeCall(
            CallId.Parse($"call-{Interlocked.Increment(ref _lastCall)}"),
            session,
            Caller(session is null ? "2026-07-28" : "2025-11-25"),
            new McpCall { Method = method, Params = Encoding.UTF8.GetBytes(parameters) },
            output ?? new RecordingOutput());
        return Runtime.InvokeAsync(call, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await _class.DisposeAsync();
    }

    private static CallContext Caller(string revision) => new()
    {
        Tenant = TenantId.Parse("default"),
        Principal = PrincipalId.Parse("tester"),
        Revision = revision,
        CorrelationId = "test",
        Scopes = [McpScopes.Tools],
        Permissions = ["mcp.*:*"],
        TraceParent = $"00-{TraceId}-00f067aa0ba902b7-01",
    };

    /// <summary>The result, or the error under the name <c>error</c>.</summary>
    private static JsonNode Parse(McpReply reply)
    {
        var body = JsonNode.Parse(reply.Body.Span)!;
        return reply.IsError ? new JsonObject { ["error"] = body } : body;
    }
}
