using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// The one way out of a jail, for one server's process: takes connections from the jail's own loopback and unix
/// sockets, and makes those that the server's rules allow, to addresses that were checked (<see cref="EgressGate"/>).
/// </summary>
internal sealed class EgressProxy : IAsyncDisposable
{
    private static readonly byte[] Established = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private readonly EgressGate _gate;
    private readonly EgressProxyOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _life = new();
    private readonly ConcurrentBag<Task> _listening = [];
    private int _connections;

    public EgressProxy(EgressGate gate, TimeProvider time)
    {
        _gate = gate;
        _options = gate.Options;
        _time = time;
    }

    public EgressTally Tally => _gate.Tally;

    /// <summary>Takes connections of a listening socket, which stays its owner's, as those of an HTTP proxy.</summary>
    public void ServeHttp(Socket listener) => _listening.Add(ListenAsync(listener, ServeRequestAsync));

    /// <summary>Takes connections that are all for one place, whatever they speak.</summary>
    public void ServePort(Socket listener, EgressPlace place) => _listening.Add(
        ListenAsync(listener, (stream, cancellationToken) => ServeTunnelAsync(stream, place, cancellationToken)));

    /// <summary>Ends every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await Task.WhenAll(_listening);
        _life.Dispose();
    }

    private async Task ListenAsync(Socket listener, Func<Stream, CancellationToken, Task> serve)
    {
        var open = new ConcurrentDictionary<Task, bool>();
        try
        {
            while (!_life.IsCancellationRequested)
            {
                var socket = await listener.AcceptAsync(_life.Token);
                if (Interlocked.Increment(ref _connections) > _options.ConnectionsMax)
                {
                    Interlocked.Decrement(ref _connections);
                    socket.Dispose();
                    continue;
                }

                var task = ServeAsync(socket, serve);
                open[task] = true;
                _ = task.ContinueWith(
                    done => open.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None,
                    TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException
            or ObjectDisposedException)
        {
            // The jail is gone, and its listeners with it.
        }

        await Task.WhenAll(open.Keys);
    }

    private async Task ServeAsync(Socket socket, Func<Stream, CancellationToken, Task> serve)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await serve(stream, _life.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The program in the jail, or the whole of it, went away.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ServeRequestAsync(Stream inside, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.HeadTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        if (await ProxyHead.ReadAsync(inside, _options.HeadBytesMax, either.Token) is not { } head
            || ProxyRequest.Parse(head.Head.Span) is not { } request)
        {
            _gate.Refuse(EgressDenial.NotARequest);
            await AnswerAsync(inside, "400 Bad Request", "This is no request that the proxy takes.", cancellationToken);
            return;
        }

        var (outside, failure) = await _gate.ConnectAsync(request.Place, cancellationToken);
        if (outside is null)
        {
            var status = failure == EgressFailure.NotAllowed ? "403 Forbidden" : "502 Bad Gateway";
            await AnswerAsync(inside, status, EgressGate.Sentence(failure, request.Place), cancellationToken);
            return;
        }

        await using (outside)
        {
            if (request.IsTunnel)
            {
                await inside.WriteAsync(Established, cancellationToken);
            }
            else
            {
                await SendAsync(outside, request.Forward, cancellationToken);
            }

            await SendAsync(outside, head.Behind, cancellationToken);
            await new ProxyPipe(inside, outside, Tally, _options, _time).RunAsync(cancellationToken);
        }
    }

    private async Task ServeTunnelAsync(Stream inside, EgressPlace place, CancellationToken cancellationToken)
    {
        var (outside, _) = await _gate.ConnectAsync(place, cancellationToken);
        if (outside is not null)
        {
            await using (outside)
            {
                await new ProxyPipe(inside, outside, Tally, _options, _time).RunAsync(cancellationToken);
            }
        }
    }

    private async Task SendAsync(Stream outside, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await outside.WriteAsync(bytes, cancellationToken);
        Tally.Moved(outwards: true, bytes.Length);
    }

    private static async Task AnswerAsync(
        Stream inside, string status, string sentence, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(sentence + "\n");
        await inside.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\n"
                + "Connection: close\r\n\r\n"),
            cancellationToken);
        await inside.WriteAsync(body, cancellationToken);
    }
}
