using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp.Runtimes.Worker;

/// <summary>Workers as the product runs them: real jails, real workerd, and the data of a server.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TenantDataHost _data;
    private readonly List<IAsyncDisposable> _running = [];

    private WorkerHost(TenantDataHost data, (string Key, string Value)[] settings)
    {
        _data = data;
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IJails>(provider => provider.GetRequiredService<JailerJails>())
            .AddJails()
            .AddWorkers()
            .BuildServiceProvider();
    }

    public CollectedLog Log { get; } = new();

    public TenantDataHost Data => _data;

    public JailFolder Folder => _services.GetRequiredService<JailFolder>();

    public static async Task<WorkerHost> StartAsync(params (string Key, string Value)[] settings) =>
        new(await TenantDataHost.StartAsync(), settings);

    /// <summary>A worker of one module, which no process runs yet.</summary>
    public WorkerRuntime Worker(string source, WorkerSettings? settings = null, params string[] secrets)
    {
        var options = _services.GetRequiredService<IOptions<WorkerRuntimeOptions>>().Value;
        var whole = new ServerSettings
        {
            Runtime = RuntimeKind.Worker,
            Worker = settings ?? new WorkerSettings { Main = "main.mjs" },
            Secrets = secrets,
        };
        var runtime = new WorkerRuntime(
            _services.GetRequiredService<WorkerStarter>(),
            new WorkerPlan
            {
                Tenant = TenantId.Parse("acme"),
                Server = ServerId.Parse("notes"),
                Settings = whole,
                Modules =
                [
                    new WorkerModule("main.mjs", WorkerModuleKind.EsModule, Encoding.UTF8.GetBytes(source)),
                ],
                Data = _data.DataOf("acme/notes/shared"),
                Limits = WorkerLimits.Of(whole, options),
            },
            options,
            TimeProvider.System,
            _services.GetRequiredService<ILogger<WorkerRuntime>>());
        _running.Add(runtime);
        return runtime;
    }

    public static HttpClient ClientOf(WorkerRuntime worker) => new(new WorkerHandler(worker, TimeProvider.System))
    {
        BaseAddress = new Uri("http://worker"),
        Timeout = TimeSpan.FromSeconds(20),
    };

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
