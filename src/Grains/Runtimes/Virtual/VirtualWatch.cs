namespace Smcp.Runtimes.Virtual;

/// <summary>One listener's watches of all members. Where one ends, its client listens anew to all.</summary>
internal sealed class VirtualWatch(IReadOnlyList<IRuntimeWatch> watches) : IRuntimeWatch
{
    /// <inheritdoc/>
    public Task Ended { get; } = watches.Count == 0
        ? new TaskCompletionSource().Task
        : Task.WhenAny(watches.Select(watch => watch.Ended));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var watch in watches)
        {
            await watch.DisposeAsync();
        }
    }
}
