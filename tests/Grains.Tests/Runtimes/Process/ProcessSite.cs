using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.CSharp;
using Smcp.Runtimes.Jails;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp.Runtimes.Process;

/// <summary>The runtime of programs, with real jails, and clients of it.</summary>
internal sealed class ProcessSite : IAsyncDisposable, IImageFolders, IImageFolder, IServerSecrets
{
    private readonly ServiceProvider _services;
    private readonly List<IServerRuntime> _runtimes = [];
    private int _lastCall;

    public ProcessSite(params (string Key, string Value)[] settings)
    {
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build())
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IAuditTrail>(Audit)
            .AddSingleton<IImageFolders>(this)
            .AddSingleton<IJails>(provider => provider.GetRequiredService<JailerJails>())
            .AddLogging()
            .AddProcessServers()
            .BuildServiceProvider();
        Path = Directory.CreateDirectory(
            System.IO.Path.Combine(_services.GetRequiredService<JailFolder>().Path, "image")).FullName;
        var program = System.IO.Path.Combine(Path, PerlServer.Name);
        File.WriteAllText(program, PerlServer.Program);
        File.SetUnixFileMode(program, (UnixFileMode)0b101_101_101);
    }

    public RecordedAudit Audit { get; } = new();

    public RecordingEvents Events { get; } = new();

    /// <summary>The image's folder.</summary>
    public string Path { get; }

    public Dictionary<string, string> Secrets { get; } = [];

    public string Errors => Encoding.UTF8.GetString(
        _services.GetRequiredService<ProcessErrors>().Of(Instance).Read());

    private static InstanceKey Instance { get; } =
        new(TenantId.Parse("default"), ServerId.Parse("perl"), string.Empty);

    public static ServerSettings Settings { get; } = new()
    {
        Runtime = RuntimeKind.Process,
        Process = new ProcessSettings { Command = "./" + PerlServer.Name },
    };

    public async Task<IServerRuntime> StartAsync(ServerSettings settings)
    {
        var definition = new ServerDefinition
        {
            Id = Instance.Server,
            Runtime = RuntimeKind.Process,
            Source = "perl",
            Scope = InstanceScope.Shared,
            Deployed = new ServerVersion
            {
                Number = 1,
                Hash = "0",
                Image = new ServerImage { Hash = "0" },
                Settings = settings,
            },
        };
        var runtime = await _services.GetRequiredService<IServerRuntimeFactory>().StartAsync(
            new RuntimeStart(Instance, definition, null!, new ServerData(this, null!, null!)), Events, default);
        _runtimes.Add(runtime);
        return runtime;
    }

    /// <summary>Calls for a principal without session: the text that came, or the error.</summary>
    public async Task<string> CallAsync(
        IServerRuntime runtime, string tool, string value = "-", string principal = "ann")
    {
        var parameters = new JsonObject
        {
            ["name"] = tool,
            ["arguments"] = new JsonObject { ["value"] = value },
            ["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            },
        };
        var reply = await runtime.InvokeAsync(
            new RuntimeCall(
                CallId.Parse($"call-{Interlocked.Increment(ref _lastCall)}"),
                null,
                new CallContext
                {
                    Tenant = Instance.Tenant,
                    Principal = PrincipalId.Parse(principal),
                    Revision = "2026-07-28",
                    CorrelationId = "test",
                },
                new McpCall
                {
                    Method = McpMethods.ToolsCall,
                    Params = Encoding.UTF8.GetBytes(parameters.ToJsonString()),
                },
                new RecordingOutput()),
            default);
        var body = JsonNode.Parse(reply.Body.Span)!;
        return reply.IsError ? $"error: {body["message"]}" : (string)body["content"]![0]!["text"]!;
    }

    public ValueTask<IImageFolder> OpenAsync(
        ServerKey server, ServerImage image, CancellationToken cancellationToken) => new(this);

    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        new(Secrets.GetValueOrDefault(name));

    public async ValueTask DisposeAsync()
    {
        foreach (var runtime in _runtimes)
        {
            await runtime.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    public void Dispose()
    {
        // The image goes with the site.
    }
}
