using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Security.Audit;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Runtimes.Worker;

/// <summary>Workers as the product runs them: real jails, real workerd, and the data of a server.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    /// <summary>A machine that runs other tests beside this one starts programs slowly.</summary>
    private static readonly (string Key, string Value)[] Patience =
        [("Smcp:Jails:StartTimeout", "00:02:00"), ("Smcp:Worker:StartTimeout", "00:02:00")];

    private readonly ServiceProvider _services;
    private readonly TenantDataHost _data;
    private readonly List<IAsyncDisposable> _running = [];

    private WorkerHost(
        TenantDataHost data, Action<IServiceCollection>? configure, (string Key, string Value)[] settings)
    {
        _data = data;
        var services = new ServiceCollection();
        configure?.Invoke(services);
        services.TryAddSingleton<IJails>(provider => provider.GetRequiredService<JailerJails>());
        _services = services
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                Patience.Concat(settings).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IAuditTrail>(Audit)
            .AddJails()
            .AddWorkers()
            .BuildServiceProvider();
    }

    public CollectedLog Log { get; } = new();

    public RecordedAudit Audit { get; } = new();

    public TenantDataHost Data => _data;

    public WorkerBlanks Blanks => _services.GetRequiredService<WorkerBlanks>();

    public JailFolder Folder => _services.GetRequiredService<JailFolder>();

    public static Task<WorkerHost> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(null, settings);

    public static async Task<WorkerHost> StartAsync(
        Action<IServiceCollection>? configure, params (string Key, string Value)[] settings) =>
        new(await TenantDataHost.StartAsync(), configure, settings);

    /// <summary>Over what a tenant may store.</summary>
    public static async Task<WorkerHost> StartWithinAsync(
        TenantQuotas quotas, params (string Key, string Value)[] settings) =>
        new(await TenantDataHost.StartAsync(services => services.AddSingleton(quotas)), null, settings);

    /// <summary>A worker of one module, which no process runs yet.</summary>
    public WorkerRuntime Worker(string source, WorkerSettings? settings = null, params string[] secrets) =>
        Worker(source, new ServerSettings
        {
            Runtime = RuntimeKind.Worker,
            Worker = settings ?? new WorkerSettings { Main = "main.mjs" },
            Secrets = secrets,
        });

    public WorkerRuntime Worker(string source, ServerSettings whole) => WorkerOf("acme/notes", source, whole);

    public WorkerRuntime WorkerOf(string server, string source, ServerSettings whole)
    {
        var key = ServerKey.Parse(server);
        var options = _services.GetRequiredService<IOptions<WorkerRuntimeOptions>>().Value;
        var runtime = new WorkerRuntime(
            _services.GetRequiredService<WorkerStarter>(),
            new WorkerPlan
            {
                Tenant = key.Tenant,
                Server = key.Server,
                Settings = whole,
                Modules =
                [
                    new WorkerModule("main.mjs", WorkerModuleKind.EsModule, Encoding.UTF8.GetBytes(source)),
                ],
                Data = _data.DataOf($"{server}/shared"),
                Limits = WorkerLimits.Of(whole, options),
            },
            options,
            TimeProvider.System,
            _services.GetRequiredService<ILogger<WorkerRuntime>>());
        _running.Add(runtime);
        return runtime;
    }

    /// <summary>A secret of the tenant, granted to the workers' server.</summary>
    public async Task PutSecretAsync(string name, string value)
    {
        var write = new SecretWrite { Name = name, Value = value, Servers = [ServerId.Parse("notes")] };
        Assert.Null((await _data.Secrets("acme").SetAsync(TenantDataHost.Admin("acme"), write, default)).Fault);
    }

    public static HttpClient ClientOf(WorkerRuntime worker) => new(new WorkerHandler(worker, TimeProvider.System))
    {
        BaseAddress = new Uri("http://worker"),
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>Ends the jailer as a crash would, and all jails with it.</summary>
    public async Task EndJailerAsync()
    {
        using var jailer = System.Diagnostics.Process.GetProcessById(
            _services.GetRequiredService<JailerProcess>().ProcessId ?? throw new InvalidOperationException());
        jailer.Kill();
        await jailer.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
        {
            await running.DisposeAsync();
        }

        await _services.DisposeAsync();
        await _data.DisposeAsync();
    }
}
