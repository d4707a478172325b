using System.Net.Sockets;
using Smcp.Jailer.Orders;

namespace Smcp.Runtimes.Jails;

/// <summary>A jail by its connection to the jailer; whatever ends the connection ends the jail.</summary>
internal sealed class JailedProcess : IJailedProcess
{
    private readonly JailChannel _channel;
    private readonly JailOutput _output;
    private readonly Action _ended;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly TaskCompletionSource<JailExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource<JailUsage?>? _measuring;
    private volatile bool _isKilled;

    public JailedProcess(
        JailChannel channel, (Socket Input, Socket Output, Socket Error) streams, IReadOnlyList<Socket> listeners,
        Action ended)
    {
        _channel = channel;
        _ended = ended;
        Input = new NetworkStream(streams.Input, ownsSocket: true);
        _output = new JailOutput(streams.Output);
        Error = new NetworkStream(streams.Error, ownsSocket: true);
        Listeners = listeners;
        _ = ListenAsync();
    }

    public Stream Input { get; }

    public Stream Output => _output;

    public bool HasClosedOutput => _output.HasEnded;

    public Stream Error { get; }

    public IReadOnlyList<Socket> Listeners { get; }

    public Task<JailExit> Exited => _exited.Task;

    public async Task<JailUsage?> MeasureAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var measuring = new TaskCompletionSource<JailUsage?>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (_exited.Task.IsCompleted)
                {
                    return null;
                }

                _measuring = measuring;
            }

            return await SendAsync(JailRequestKind.Measure)
                ? await measuring.Task.WaitAsync(cancellationToken)
                : null;
        }
        finally
        {
            _asking.Release();
        }
    }

    public async Task BoundCpuAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            await SendAsync(JailRequestKind.BoundCpu);
        }
        finally
        {
            _asking.Release();
        }
    }

    public async ValueTask KillAsync()
    {
        _isKilled = true;
        await _asking.WaitAsync();
        try
        {
            await SendAsync(JailRequestKind.Kill);
        }
        finally
        {
            _asking.Release();
        }

        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Input.DisposeAsync();
        await Output.DisposeAsync();
        await Error.DisposeAsync();
        foreach (var listener in Listeners)
        {
            listener.Dispose();
        }

        _channel.Dispose();
    }

    /// <summary>False where the jailer takes nothing any more; its last word, or its end, says why.</summary>
    private async Task<bool> SendAsync(JailRequestKind kind)
    {
        try
        {
            await _channel.SendAsync(
                new JailRequest(kind), OrderJson.Default.JailRequest, [], CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task ListenAsync()
    {
        var exit = new JailExit(-1, JailExitReason.JailerLost);
        var isOurs = false;
        try
        {
            while (await _channel.ReceiveAsync(OrderJson.Default.JailReply, CancellationToken.None) is { } received)
            {
                switch (received.Message)
                {
                    case { Kind: JailReplyKind.Usage, Use: { } use }:
                        Measured(new JailUsage(TimeSpan.FromMicroseconds(use.CpuMicroseconds), use.MemoryBytes));
                        break;
                    case { Kind: JailReplyKind.Exited, End: { } end }:
                        isOurs = _isKilled;
                        exit = new JailExit(end.Code, ReasonOf(end))
                        {
                            Cpu = TimeSpan.FromMicroseconds(received.Message.Use?.CpuMicroseconds ?? 0),
                        };
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException
            or ObjectDisposedException)
        {
            // The jailer ended: the kernel killed the jail with it.
        }

        _ended();
        lock (_lock)
        {
            _exited.TrySetResult(exit with { IsOurs = isOurs });
        }

        Measured(null);
    }

    private void Measured(JailUsage? usage)
    {
        lock (_lock)
        {
            _measuring?.TrySetResult(usage);
            _measuring = null;
        }
    }

    private static JailExitReason ReasonOf(JailEnd end) =>
        end.OutOfMemory ? JailExitReason.OutOfMemory
        : end.OutOfTime ? JailExitReason.OutOfTime
        : JailExitReason.Ended;
}
