using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Smcp.Engine;

/// <summary>
/// The grain that the contract is seen by. Of its key, a part before a slash has a meaning: <c>broken-once</c> fails
/// its first activation.
/// </summary>
public class ContractGrain(IActivationContext context, ContractWitness witness)
    : IContractGrain, IGrainLifecycle, IRemindable
{
    private readonly IGrainState<ContractState> _state = context.State<ContractState>("contract");
    private readonly string _activation = Guid.NewGuid().ToString("N");
    private IDisposable? _timer;
    private int _atActivation;
    private int _inside;

    public Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = _state.Value.Value;
        witness.See($"activating {context.Key}");
        if (context.Key.StartsWith("broken-once/", StringComparison.Ordinal)
            && witness.TimesSeen($"activating {context.Key}") == 1)
        {
            throw new InvalidOperationException("Broken, once.");
        }

        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken)
    {
        witness.See($"deactivating {context.Key} {cause}");
        return Task.CompletedTask;
    }

    public Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        witness.See($"reminded {context.Key} {name}");
        return Task.CompletedTask;
    }

    public Task<string> ActivationAsync(CancellationToken cancellationToken)
    {
        witness.See($"answering {context.Key}");
        return Task.FromResult(_activation);
    }

    public ValueTask<string> PeekAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_activation);

    public Task<ContractMessage?> EchoAsync(ContractMessage? message, CancellationToken cancellationToken) =>
        Task.FromResult(message);

    public Task HoldAsync(string gate, CancellationToken cancellationToken) => WaitAsync(gate, cancellationToken);

    public Task HoldInterleavedAsync(string gate, CancellationToken cancellationToken) =>
        WaitAsync(gate, cancellationToken);

    public async Task CycleAsync(string other, CancellationToken cancellationToken) =>
        await context.Grains.Locate<IContractGrain>(other).VisitAsync(context.Key, cancellationToken);

    public Task<string> VisitAsync(string other, CancellationToken cancellationToken) =>
        context.Grains.Locate<IContractGrain>(other).ActivationAsync(cancellationToken);

    public async Task<int> CountOverlapsAsync(int pieces, CancellationToken cancellationToken)
    {
        var scheduler = TaskScheduler.Current;
        var overlaps = 0;
        for (var i = 0; i < pieces; i++)
        {
            overlaps += Interlocked.Increment(ref _inside) == 1 ? 0 : 1;
            overlaps += TaskScheduler.Current == scheduler && scheduler != TaskScheduler.Default ? 0 : 1;
            Thread.SpinWait(200);
            Interlocked.Decrement(ref _inside);
            if (i % 2 == 0)
            {
                await Task.Yield();
            }
            else
            {
                await Task.Run(static () => Thread.SpinWait(100), cancellationToken);
            }
        }

        return overlaps;
    }

    public ValueTask FailAsync(string message, CancellationToken cancellationToken) =>
        throw new InvalidOperationException(message);

    public ValueTask<string?> AmbientAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(witness.Ambient);

    public ValueTask<string?> TraceAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Activity.Current?.TraceId.ToHexString());

    public Task<ContractMessage> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new ContractMessage
    {
        Text = _activation,
        Value = _state.Value.Value,
        Items = [$"{_atActivation}", $"{_state.Exists}"],
    });

    public async Task WriteAsync(int value, CancellationToken cancellationToken)
    {
        _state.Value = new ContractState { Value = value };
        await _state.WriteAsync(cancellationToken);
    }

    public async Task WriteManyAsync(int value, CancellationToken cancellationToken)
    {
        var writes = new List<Task>();
        for (var i = 1; i <= value; i++)
        {
            _state.Value = new ContractState { Value = i };
            writes.Add(_state.WriteAsync(cancellationToken).AsTask());
        }

        await Task.WhenAll(writes);
    }

    public async Task ClearAsync(CancellationToken cancellationToken) => await _state.ClearAsync(cancellationToken);

    public async Task EndAsync(string? gate, CancellationToken cancellationToken)
    {
        context.Deactivate();
        if (gate is not null)
        {
            await WaitAsync(gate, cancellationToken);
        }
    }

    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        context.DelayDeactivation(duration);
        return Task.CompletedTask;
    }

    public Task StartTimerAsync(string name, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken)
    {
        _timer = context.RegisterTimer(
            _ =>
            {
                witness.See(name);
                return Task.CompletedTask;
            },
            dueTime,
            period);
        return Task.CompletedTask;
    }

    public Task StopTimerAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public async Task RemindAsync(
        string name, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken) =>
        await context.SetReminderAsync(name, dueTime, period);

    public async IAsyncEnumerable<int> CountAsync(
        string name, int count, bool isGated, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                if (isGated)
                {
                    witness.See($"{name} at {i}");
                    await witness.WhenOpenAsync($"{name} {i}").WaitAsync(cancellationToken);
                }

                yield return i;
            }
        }
        finally
        {
            witness.See($"{name} closed");
        }
    }

    public async Task PublishAsync(string stream, string text, CancellationToken cancellationToken) =>
        await context.Streams.PublishAsync(stream, new ContractMessage { Text = text });

    private async Task WaitAsync(string gate, CancellationToken cancellationToken)
    {
        witness.See($"entered {gate}");
        try
        {
            await witness.WhenOpenAsync(gate).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            witness.See($"cancelled {gate}");
            throw;
        }
    }
}
