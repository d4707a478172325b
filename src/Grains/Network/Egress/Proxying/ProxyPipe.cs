using System.Buffers;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// Carries bytes between a server in a jail and the place that it connected to, both ways, until both are at their end,
/// nothing moves any more, or too much did.
/// </summary>
internal sealed class ProxyPipe(
    Stream inside, Stream outside, EgressTally tally, EgressProxyOptions options, TimeProvider time)
{
    private const int BufferBytes = 16 * 1024;

    private long _moved;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var idle = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), end, options.IdleTimeout,
            Timeout.InfiniteTimeSpan);
        await Task.WhenAll(
            CopyAsync(inside, outside, true, (end, idle)), CopyAsync(outside, inside, false, (end, idle)));
    }

    private async Task CopyAsync(
        Stream from, Stream to, bool outwards, (CancellationTokenSource End, ITimer Idle) watch)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var read = await from.ReadAsync(buffer, watch.End.Token);
                if (read == 0)
                {
                    ShutDown(to);
                    return;
                }

                if (Interlocked.Add(ref _moved, read) > options.ConnectionBytesMax)
                {
                    await watch.End.CancelAsync();
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), watch.End.Token);
                tally.Moved(outwards, read);
                watch.Idle.Change(options.IdleTimeout, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException
            or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // One end broke: the other has nobody to talk to.
            await watch.End.CancelAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ShutDown(Stream stream)
    {
        if (stream is System.Net.Sockets.NetworkStream { Socket: { Connected: true } socket })
        {
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }
    }
}
