using System.Runtime.CompilerServices;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Engine;

internal class ProbeGrain(IActivationContext activation) : IProbeGrain, IGrainLifecycle, IRemindable
{
    private readonly IGrainState<ProbeState> _state = activation.State<ProbeState>("probe");
    private readonly string _activation = Guid.NewGuid().ToString("N");
    private readonly List<string> _told = [];
    private readonly TaskCompletionSource _blocking = new();
    private readonly TaskCompletionSource _released = new();

    public Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (activation.Key.StartsWith("broken", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Broken by its key.");
        }

        _told.Add($"activated with '{_state.Value.Note}'");
        return Task.CompletedTask;
    }

    public async Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken)
    {
        if (cause == DeactivationCause.Idle)
        {
            _state.Value = _state.Value with { Ends = [.. _state.Value.Ends, $"{cause}"] };
            await _state.WriteAsync(cancellationToken);
        }
    }

    public Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        _told.Add($"reminded of {name}");
        return Task.CompletedTask;
    }

    public Task<ProbeReport> ReportAsync(CancellationToken cancellationToken) => Task.FromResult(new ProbeReport(
        _activation, RuntimeContextText(), _state.Value.Note, [.. _told, .. _state.Value.Ends]));

    public async Task WriteAsync(string note, CancellationToken cancellationToken)
    {
        _state.Value = _state.Value with { Note = note };
        await _state.WriteAsync(cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken)
    {
        activation.Deactivate();
        return Task.CompletedTask;
    }

    public async Task BlockAsync(CancellationToken cancellationToken)
    {
        _blocking.TrySetResult();
        try
        {
            await _released.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _told.Add("cancelled");
            throw;
        }
    }

    public Task BlockedAsync(CancellationToken cancellationToken) => _blocking.Task.WaitAsync(cancellationToken);

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        // Calls come in any order: the one to release may come after this one.
        await _blocking.Task.WaitAsync(cancellationToken);
        _released.TrySetResult();
    }

    public Task SetTimerAsync(string note, CancellationToken cancellationToken)
    {
        activation.RegisterTimer(
            async token =>
            {
                _told.Add(note);
                await PublishAsync($"timer/{activation.Key}", note, token);
            },
            TimeSpan.FromMilliseconds(1),
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task PublishAsync(string stream, string note, CancellationToken cancellationToken) =>
        await activation.Streams.PublishAsync(stream, new Bell(note, 1, 2));

    public async IAsyncEnumerable<McpFrame> CountAsync(
        int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var index = 0; index < count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new McpFrame { Kind = McpFrameKind.Notification, Method = $"{index}" };
        }
    }

    protected virtual string RuntimeContextText() => string.Empty;
}
