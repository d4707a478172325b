using System.Threading.Channels;

namespace Smcp.Mcp.Sse;

/// <summary>Wakes one waiter. Rings while it is awake are one ring.</summary>
internal sealed class Wakeup
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Completes at the next ring, or at once if one came since the last wait.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await _rings.Reader.ReadAsync(cancellationToken);
}
