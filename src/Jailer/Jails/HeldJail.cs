using System.Runtime.InteropServices;

namespace Smcp.Jailer.Jails;

/// <summary>A jail with what was lent to it; disposing gives that back.</summary>
internal sealed class HeldJail(
    Jail jail, IReadOnlyList<SafeHandle> listeners, Watch watch, Func<Task> giveBack) : IAsyncDisposable
{
    public Jail Jail => jail;

    /// <summary>The listening sockets of its ports.</summary>
    public IReadOnlyList<SafeHandle> Listeners => listeners;

    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await jail.DisposeAsync();
        await giveBack();
    }
}
