using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Smcp.Engine.Activations;
using Smcp.Reminders;

namespace Smcp.Engine;

/// <summary>
/// The single-machine engine: every grain lives in this process. Calls are served from its construction on; starting it
/// starts the reminders, stopping it drains what runs.
/// </summary>
internal sealed class EmbeddedEngine : IHostedService, IAsyncDisposable
{
    private const int Open = 0;
    private const int Draining = 1;
    private const int Closed = 2;

    private readonly FrozenDictionary<Type, GrainDirectory> _directories;
    private readonly ITimer _sweeper;
    private readonly Channel<bool> _turnEnds = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _phase;

    public EmbeddedEngine(
        EngineServices services, IEnumerable<GrainRegistration> registrations, IReminderStore? reminders = null)
    {
        Services = services;
        InnerLocator = new EmbeddedLocator(this, isInner: true);
        _directories = registrations.ToFrozenDictionary(
            registration => registration.Interface, registration => new GrainDirectory(this, registration));
        Reminders = new ReminderService(services, reminders, _directories.Values);
        _sweeper = services.Time.CreateTimer(_ => Sweep(), null, SweepPeriod, SweepPeriod);
    }

    public EngineServices Services { get; }

    public IGrainLocator InnerLocator { get; }

    public ReminderService Reminders { get; }

    public bool IsClosed => Volatile.Read(ref _phase) == Closed;

    private IEnumerable<Activation> Activations => _directories.Values.SelectMany(directory => directory.Activations);

    /// <summary>A sweep is late by at most this.</summary>
    private TimeSpan SweepPeriod
    {
        get
        {
            var shortest = TimeSpan.FromTicks(
                Math.Min(Services.Options.ResponseTimeout.Ticks, Services.Options.IdleTimeout.Ticks) / 10);
            return TimeSpan.FromTicks(Math.Clamp(
                shortest.Ticks, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>Whether a new call may come in; from without only while the engine is not draining.</summary>
    public bool Admits(bool isInner)
    {
        var phase = Volatile.Read(ref _phase);
        return phase == Open || (isInner && phase == Draining);
    }

    public GrainDirectory DirectoryOf(Type grain) =>
        _directories.TryGetValue(grain, out var directory)
            ? directory
            : throw new InvalidOperationException($"No grain is registered for {grain}.");

    /// <summary>A drain waits for these.</summary>
    public void NoteTurnEnd()
    {
        if (Volatile.Read(ref _phase) == Draining)
        {
            _turnEnds.Writer.TryWrite(true);
        }
    }

    /// <summary>Ends the activations of a path and below it, each once its running calls are done.</summary>
    public void EndBelow(string path, IReadOnlySet<string> except)
    {
        foreach (var directory in _directories.Values.Where(directory => !except.Contains(directory.GrainType)))
        {
            foreach (var activation in directory.Activations.Where(found => IsBelow(found.Key, path)))
            {
                activation.Post(new ActivationItem(
                    activation, static activation => activation.End(DeactivationCause.Idle)));
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Reminders.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _phase, Draining, Open) != Open)
        {
            return;
        }

        Reminders.Dispose();
        await WithinDrainTimeAsync(WhenQuietAsync, cancellationToken);
        Volatile.Write(ref _phase, Closed);
        await WithinDrainTimeAsync(EndActivationsAsync, cancellationToken);
        await _sweeper.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _phase, Closed);
        Reminders.Dispose();
        await _sweeper.DisposeAsync();
    }

    private static bool IsBelow(string key, string path) =>
        key == path || key.StartsWith($"{path}/", StringComparison.Ordinal);

    private void Sweep()
    {
        Services.Clock.Tick();
        Services.Pending.Expire();
        foreach (var activation in Activations)
        {
            if (activation.NeedsSweep)
            {
                activation.Post(new ActivationItem(activation, static activation => activation.Sweep()));
            }
        }
    }

    private async Task WhenQuietAsync(CancellationToken cancellationToken)
    {
        while (Activations.Any(activation => !activation.IsQuiet))
        {
            await _turnEnds.Reader.ReadAsync(cancellationToken);
        }
    }

    private async Task EndActivationsAsync(CancellationToken cancellationToken)
    {
        var ends = Activations.Select(EndAsync).ToArray();
        await Task.WhenAll(ends).WaitAsync(cancellationToken);
    }

    private static Task EndAsync(Activation activation)
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        activation.Post(new ActivationItem(activation, activation =>
        {
            activation.End(DeactivationCause.Stopping);
            ended.SetResult(activation.WhenEndedAsync());
        }));
        return ended.Task.Unwrap();
    }

    private async Task WithinDrainTimeAsync(
        Func<CancellationToken, Task> waitAsync, CancellationToken cancellationToken)
    {
        using var drain = new CancellationTokenSource(Services.Options.DrainTimeout, Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(drain.Token, cancellationToken);
        try
        {
            await waitAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            Services.LogDrainIncomplete(Activations.Count());
        }
    }
}
