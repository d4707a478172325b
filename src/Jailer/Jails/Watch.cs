namespace Smcp.Jailer.Jails;

/// <summary>The timers that watch a jail.</summary>
internal sealed class Watch(ITimer? life, ITimer? memory) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (life is not null)
        {
            await life.DisposeAsync();
        }

        if (memory is not null)
        {
            await memory.DisposeAsync();
        }
    }
}
