using System.Runtime.InteropServices;
using Smcp.Jailer.Launching;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Jails;

/// <summary>One connection of the client: a probe, or a jail, which lives as long as it.</summary>
internal sealed class JailConnection(JailChannel channel, JailWarden warden) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        if (await channel.ReceiveAsync(OrderJson.Default.JailRequest, cancellationToken) is not { } first)
        {
            return;
        }

        var (request, descriptors) = first;
        try
        {
            switch (request)
            {
                case { Kind: JailRequestKind.Probe }:
                    await ReplyAsync(warden.Describe(), []);
                    break;
                case { Kind: JailRequestKind.Start, Order: { } order }:
                    await RunAsync(order, descriptors, cancellationToken);
                    break;
                default:
                    await RefuseAsync("the first message is no order");
                    break;
            }
        }
        finally
        {
            Release(descriptors);
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task RunAsync(
        JailOrder order, IReadOnlyList<SafeHandle> descriptors, CancellationToken cancellationToken)
    {
        HeldJail held;
        try
        {
            held = await warden.StartAsync(order, descriptors, cancellationToken);
        }
        catch (Exception exception) when (exception is JailRefusedException or IOException
            or UnauthorizedAccessException)
        {
            await RefuseAsync(exception.Message);
            return;
        }

        await using (held)
        {
            // The ends in the jail are the only ones: without them, its end is the end of its streams.
            Release(descriptors);
            await ReplyAsync(new JailReply(JailReplyKind.Started), held.Listeners);
            Release(held.Listeners);
            held.Jail.Release();
            var reading = ReadAsync(held, order, cancellationToken);
            var end = await held.Jail.EndAsync();
            await ReplyAsync(new JailReply(JailReplyKind.Exited) { End = end, Use = held.Jail.Whole }, []);
            channel.Dispose();
            await reading;
        }
    }

    /// <summary>Does what the client asks of the running jail; whatever ends its words ends the jail.</summary>
    private async Task ReadAsync(HeldJail held, JailOrder order, CancellationToken cancellationToken)
    {
        try
        {
            while (await channel.ReceiveAsync(OrderJson.Default.JailRequest, cancellationToken) is { } received)
            {
                Release(received.Descriptors);
                switch (received.Message.Kind)
                {
                    case JailRequestKind.BoundCpu:
                        held.Jail.BoundCpu(order.Bounds.CpuPercent);
                        break;
                    case JailRequestKind.Measure:
                        await ReplyAsync(new JailReply(JailReplyKind.Usage) { Use = held.Jail.Measure() }, []);
                        break;
                    default:
                        held.Jail.Kill();
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException
            or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client is gone, or says nothing that can be read: for the jail it is the same.
        }
        finally
        {
            held.Jail.Kill();
        }
    }

    private Task RefuseAsync(string reason) =>
        ReplyAsync(new JailReply(JailReplyKind.Refused) { Reason = reason }, []);

    private async Task ReplyAsync(JailReply reply, IReadOnlyList<SafeHandle> descriptors)
    {
        await _sending.WaitAsync(CancellationToken.None);
        try
        {
            await channel.SendAsync(reply, OrderJson.Default.JailReply, descriptors, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException
            or ObjectDisposedException)
        {
            // The client is gone; its jail is ended by whoever reads.
        }
        finally
        {
            _sending.Release();
        }
    }

    private static void Release(IReadOnlyList<SafeHandle> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            descriptor.Dispose();
        }
    }
}
