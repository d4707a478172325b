using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Smcp.Engine;

/// <summary>
/// The shells of this silo. Reminders are Orleans' own, which lists none by key: one of a grain that ends here is
/// called on, and fails, until its grain removes it.
/// </summary>
internal sealed partial class SiloActivations(
    TimeProvider time, IOptions<CallOptions> options, ILogger<SiloActivations> logger) : INodeActivations
{
    private readonly ConcurrentDictionary<ShellActivation, bool> _running = new();

    public void Add(ShellActivation activation) => _running.TryAdd(activation, true);

    public void Remove(ShellActivation activation) => _running.TryRemove(activation, out _);

    public ValueTask EndAsync(string path, IReadOnlySet<string> except, CancellationToken cancellationToken)
    {
        foreach (var activation in _running.Keys.Where(found => IsBelow(found.Key, path)))
        {
            if (!except.Contains(activation.GrainContext.GrainId.Type.ToString()!))
            {
                activation.Deactivate();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for what still runs in an activation that ends, as long as it may take.</summary>
    public async Task WaitAsync(Task idle, GrainId grain, CancellationToken cancellationToken)
    {
        try
        {
            await idle.WaitAsync(options.Value.EndPatience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogBusyAtEnd(grain.ToString());
        }
    }

    private static bool IsBelow(string key, string path) =>
        key == path || key.StartsWith($"{path}/", StringComparison.Ordinal);
}
