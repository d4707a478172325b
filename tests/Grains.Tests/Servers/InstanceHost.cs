using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Engine.Faults;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Reminders;
using Smcp.Runtimes;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Servers;

/// <summary>An instance on the embedded engine, over a scripted runtime and a clock that tests move.</summary>
internal sealed class InstanceHost : IAsyncDisposable
{
    public const string Session = "default/echo/session1";

    /// <summary>How long a test waits, by the real clock, before it says what did not come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly Action<IServiceCollection>? _configure;
    private ServiceProvider _services;
    private int _calls;
    private int _idleTimers;

    private InstanceHost(Action<IServiceCollection>? configure)
    {
        _configure = configure;
        _services = Build();
    }

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryGrainStorage States { get; } = new();

    public InMemoryLogStorage Logs { get; } = new();

    public ScriptedRuntimeFactory Factory { get; } = new();

    public DeliverySink Sink { get; } = new();

    public OneServerCatalog Catalog { get; } = new();

    public ScriptedRuntime Runtime => Factory.Started[^1];

    public IInstanceGrain Instance => Grains.Locate<IInstanceGrain>("default/echo/shared");

    public IGrainLocator Grains => _services.GetRequiredService<IGrainLocator>();

    public static async Task<InstanceHost> StartAsync(
        Func<RuntimeCall, CancellationToken, Task<McpReply>>? onInvoke = null,
        Action<IServiceCollection>? configure = null)
    {
        var host = new InstanceHost(configure);
        if (onInvoke is not null)
        {
            host.Factory.OnStart = runtime => runtime.OnInvoke = onInvoke;
        }

        await host.StartServicesAsync();

        // What the engine itself keeps: one more timer is an instance's.
        while (host.Clock.WaitForTimersAsync(host._idleTimers + 1).IsCompleted)
        {
            host._idleTimers++;
        }

        return host;
    }

    /// <summary>The process is gone; a new one begins over what it stored.</summary>
    public async Task RestartAsync()
    {
        var dead = _services;
        _services = Build();
        await StartServicesAsync();
        await dead.DisposeAsync();
    }

    /// <summary>The process begins to stop.</summary>
    public Task StoppingAsync() => Task.WhenAll(_services.GetServices<IHostedService>()
        .OfType<IHostedLifecycleService>()
        .Select(service => service.StoppingAsync(default)));

    public static CallContext Context(McpRevision? revision = null, string principal = "alice") => new()
    {
        Tenant = TenantId.Parse("default"),
        Principal = PrincipalId.Parse(principal),
        Revision = (revision ?? McpRevision.V20260728).Value,
        CorrelationId = "test",
        Scopes = [McpScopes.Tools],
        Permissions = ["mcp.*:*"],
    };

    /// <summary>A request under a fresh id.</summary>
    public InstanceCall Request(string method, string parameters = "{}", string? session = null) => new()
    {
        Id = CallId.Parse($"call-{Interlocked.Increment(ref _calls)}"),
        Call = new McpCall
        {
            Method = method,
            Id = JsonRpcId.FromNumber(_calls),
            Params = Encoding.UTF8.GetBytes(parameters),
        },
        Session = session,
    };

    /// <summary>Calls as a 2026-07-28 client.</summary>
    public Task<McpOutcome> CallAsync(string method, string parameters = "{}", string principal = "alice") =>
        Instance.CallAsync(Context(principal: principal), Request(method, parameters), default).AsTask();

    /// <summary>Calls through a session, which is open.</summary>
    public Task<McpOutcome> CallInSessionAsync(string method, string parameters = "{}") =>
        Instance.CallAsync(Context(McpRevision.V20251125), Request(method, parameters, Session), default).AsTask();

    public async Task OpenPeerAsync(string capabilities = "{}", string session = Session)
    {
        var peer = new InstancePeer
        {
            Session = session,
            Initialize = new McpCall
            {
                Method = McpMethods.Initialize,
                Id = JsonRpcId.FromNumber(0),
                Params = Encoding.UTF8.GetBytes($$"""{"capabilities":{{capabilities}}}"""),
            },
        };
        var outcome = await Instance.OpenPeerAsync(Context(McpRevision.V20251125), peer, default);
        Assert.Null(outcome.Fault);
    }

    /// <summary>
    /// Moves the clock in small steps until something came. Each step waits for the instance's pulse to stand again, so
    /// that the clock does not run away from what a step set off.
    /// </summary>
    public async Task<T> MoveUntilAsync<T>(Task<T> awaited, string what, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            while (!awaited.IsCompleted)
            {
                var pulse = Clock.WaitForTimersAsync(_idleTimers + 1, patience.Token);
                if (await Task.WhenAny(awaited, pulse) == pulse)
                {
                    await pulse;
                    Clock.Advance(step ?? TimeSpan.FromMilliseconds(10));
                    await Task.Yield();
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"Did not come: {what}.");
        }

        return await awaited;
    }

    /// <summary>Ends the answer window of a call that is not answered within it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="timers">How many timers stand, the pulse of the instance among them, beside the engine's
    /// own.</param>
    public async Task<McpOutcome> EndWindowAsync(Task<McpOutcome> call, int timers = 1)
    {
        var options = new InstanceOptions();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        for (var passed = TimeSpan.Zero; passed <= options.AnswerWindow; passed += options.SweepInterval)
        {
            await Clock.WaitForTimersAsync(_idleTimers + timers, patience.Token);
            Clock.Advance(options.SweepInterval);
        }

        // The engine sets passing timers of its own while it activates a grain, and a beat may have met none of the
        // call's yet: time goes on until the call has its outcome.
        while (!patience.IsCancellationRequested && !await IsOverSoonAsync(call))
        {
            Clock.Advance(options.SweepInterval);
        }

        return await WithPatienceAsync(call, "the outcome at the end of the window");
    }

    private static async Task<bool> IsOverSoonAsync(Task call)
    {
        try
        {
            await call.WaitAsync(Beat, TimeProvider.System);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            return false;
        }

        return true;
    }

    /// <summary>Waits until the window that collects a call's questions is open, and ends it.</summary>
    public async Task<McpOutcome> EndQuestionWindowAsync(Task<McpOutcome> call)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await Clock.WaitForTimersAsync(_idleTimers + 2, patience.Token);
        Clock.Advance(new InstanceOptions().QuestionWindow);
        while (!patience.IsCancellationRequested && !await IsOverSoonAsync(call))
        {
            Clock.Advance(new InstanceOptions().QuestionWindow);
        }

        return await WithPatienceAsync(call, "input_required");
    }

    public static async Task<T> WithPatienceAsync<T>(Task<T> awaited, string what)
    {
        try
        {
            return await awaited.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Did not come: {what}.");
        }
    }

    /// <summary>The result of an answered call.</summary>
    public static JsonObject ResultOf(McpOutcome outcome)
    {
        Assert.True(outcome.Answer is { IsError: false }, $"Not a result but {Describe(outcome)}");
        return JsonNode.Parse(outcome.Answer!.Body.Span)!.AsObject();
    }

    public static JsonObject BodyOf(McpFrame frame) => JsonNode.Parse(frame.Body.Span)!.AsObject();

    public static string Describe(McpOutcome outcome) =>
        outcome.Answer is { } answer ? Encoding.UTF8.GetString(answer.Body.Span) : outcome.ToString();

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task StartServicesAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IGrainStorage>(States);
        services.AddSingleton<ILogStorage>(Logs);
        services.AddSingleton<IReminderStore, InMemoryReminderStore>();
        services.AddSingleton<IServerCatalog>(Catalog);
        services.AddSingleton<IServerRuntimeFactory>(Factory);
        services.AddSingleton(Sink);
        services.AddServers();
        services.AddGrain<ISessionGrain, SinkSessionGrain>();
        services.AddEmbeddedEngine();
        services.Configure<EngineFaultOptions>(faults => faults.WireForm = true);
        _configure?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
