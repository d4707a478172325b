using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Engine.Faults;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Reminders;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Sessions;

/// <summary>One session in an engine over stores that outlive it, with a fake instance below it.</summary>
internal sealed class SessionHost : IAsyncDisposable
{
    public const string Gateway = "gateway";

    private readonly Action<SessionOptions>? _configure;
    private readonly Action<TenantOptions>? _configureTenant;
    private readonly Channel<Bell> _bells = Channel.CreateUnbounded<Bell>();
    private ServiceProvider _services;

    private SessionHost(Action<SessionOptions>? configure, Action<TenantOptions>? configureTenant)
    {
        _configure = configure;
        _configureTenant = configureTenant;
        Process = new MortalStorage(States, Logs);
        _services = Build();
    }

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryGrainStorage States { get; } = new();

    public InMemoryLogStorage Logs { get; } = new();

    /// <summary>The stores as the running process sees them.</summary>
    public MortalStorage Process { get; private set; }

    public InMemoryReminderStore Reminders { get; } = new();

    public FakeServer Server { get; } = new();

    public SessionKey Key { get; set; } = new(
        TenantId.Parse("default"), ServerId.Parse("echo"), SessionId.Parse("session-1"));

    public ISessionGrain Session => Grains.Locate<ISessionGrain>(Key.ToString());

    public ITenantGrain Tenant => Grains.Locate<ITenantGrain>(Key.Tenant.ToString());

    public IGrainLocator Grains => _services.GetRequiredService<IGrainLocator>();

    /// <summary>The bells that reached the gateway.</summary>
    public ChannelReader<Bell> Bells => _bells.Reader;

    /// <summary>Where the session's state stands.</summary>
    public StateAddress Address => new("session", Key.ToString(), "session");

    public string LogName => $"session/{Key}";

    public CallContext Context { get; set; } = ContextOf("alice");

    public static CallContext ContextOf(string principal, string? revision = null) => new()
    {
        Tenant = TenantId.Parse("default"),
        Principal = PrincipalId.Parse(principal),
        Revision = revision ?? McpRevision.V20251125.Value,
        CorrelationId = "test",
        Scopes = [McpScopes.Tools],
        Permissions = ["mcp.*:*"],
    };

    /// <summary>A host whose session is open.</summary>
    public static async Task<SessionHost> OpenAsync(Action<SessionOptions>? configure = null)
    {
        var host = await StartAsync(configure);
        var outcome = await host.InitializeAsync();
        Assert.Null(outcome.Fault);
        return host;
    }

    public static async Task<SessionHost> StartAsync(
        Action<SessionOptions>? configure = null, Action<TenantOptions>? configureTenant = null)
    {
        var host = new SessionHost(configure, configureTenant);
        await host.ListenAsync();
        return host;
    }

    /// <summary>The process is gone as it stands; a new one begins over what it left in storage.</summary>
    public async Task CrashAsync()
    {
        Process.Die();
        var dead = _services;
        Process = new MortalStorage(States, Logs);
        _services = Build();
        await ListenAsync();
        await dead.DisposeAsync();
    }

    public Task<McpOutcome> InitializeAsync(string? capabilities = null) => Session.InitializeAsync(
        Context,
        new McpCall
        {
            Method = McpMethods.Initialize,
            Id = JsonRpcId.FromNumber(0),
            Params = Json.Bytes($$"""
                {
                  "protocolVersion": "2042-01-01",
                  "capabilities": {{capabilities ?? "{}"}},
                  "clientInfo": { "name": "test", "x": 1 }
                }
                """),
        },
        default);

    public ValueTask<McpOutcome> CallAsync(long id, string method = McpMethods.ToolsCall, string parameters = "{}") =>
        Session.CallAsync(Context, Request(id, method, parameters), default);

    public static McpCall Request(long id, string method = McpMethods.ToolsCall, string parameters = "{}") =>
        new() { Method = method, Id = JsonRpcId.FromNumber(id), Params = Json.Bytes(parameters) };

    /// <summary>A call that streams: its ticket.</summary>
    public async Task<StreamTicket> StreamAsync(long id)
    {
        Server.Stream();
        var outcome = await CallAsync(id);
        return outcome.Stream ?? throw new InvalidOperationException($"Not a stream but: {outcome}");
    }

    public ValueTask<bool> DeliverAsync(CallId? call, params McpFrame[] frames) =>
        Session.DeliverAsync(call, frames, default);

    public ValueTask<McpFault?> NotifyAsync(string method, string parameters = "{}") => Session.NotifyAsync(
        Context, new McpCall { Method = method, Params = Json.Bytes(parameters) }, default);

    public ValueTask<StreamOpening> GetAsync(string connection, string? lastEventId = null) =>
        Session.OpenStreamAsync(Context, new StreamReader(Gateway, connection), lastEventId, default);

    public ValueTask<StreamPage> ReadAsync(string connection, long stream, long after = 0) =>
        Session.ReadStreamAsync(Context, new StreamReader(Gateway, connection), stream, after, default);

    public ValueTask CloseAsync(string connection) =>
        Session.CloseConnectionAsync(Context, new StreamReader(Gateway, connection), default);

    /// <summary>Waits until a bell for a connection rings.</summary>
    public async Task<Bell> BellAsync(string connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        try
        {
            while (true)
            {
                var bell = await Bells.ReadAsync(patience.Token);
                if (bell.Connection == connection)
                {
                    return bell;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No bell rang for connection {connection}.");
        }
    }

    public static McpFrame Notification(long number) => new()
    {
        Kind = McpFrameKind.Notification,
        Method = McpMethods.Progress,
        Body = Json.Bytes($$"""{ "n": {{number}} }"""),
    };

    public static McpFrame Result(string json = """{"ok":true}""") =>
        new() { Kind = McpFrameKind.Result, Body = Json.Bytes(json) };

    public static McpFrame Question(string id) => new()
    {
        Kind = McpFrameKind.Question,
        Method = McpMethods.ElicitationCreate,
        QuestionId = id,
        Body = Json.Bytes("""{"message":"?"}"""),
    };

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task ListenAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }

        await _services.GetRequiredService<IStreamHub>()
            .SubscribeAsync<Bell>(Bell.StreamOf(Gateway), bell => _bells.Writer.WriteAsync(bell));
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IGrainStorage>(Process);
        services.AddSingleton<ILogStorage>(Process);
        services.AddSingleton<IReminderStore>(Reminders);
        services.AddSingleton(Server);
        services.AddSessions();
        services.AddTenants();
        services.Configure<SessionOptions>(options => _configure?.Invoke(options));
        services.Configure<TenantOptions>(options => _configureTenant?.Invoke(options));
        services.AddSingleton(new GrainRegistration(typeof(IInstanceGrain), (_, _) => new FakeInstanceGrain(Server)));
        services.AddSingleton(new GrainRegistration(typeof(IServerGrain), (_, _) => new FakeServerGrain(Server)));
        services.AddEmbeddedEngine();
        services.Configure<EngineFaultOptions>(faults => faults.WireForm = true);
        return services.BuildServiceProvider();
    }
}
