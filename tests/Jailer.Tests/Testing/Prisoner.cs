using System.Net.Sockets;
using System.Runtime.InteropServices;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Testing;

/// <summary>A jail that was started, or refused.</summary>
public sealed class Prisoner : IAsyncDisposable
{
    private readonly JailChannel _channel;

    private Prisoner(JailChannel channel, JailReply reply, IReadOnlyList<SafeHandle> listeners, Socket[] streams)
    {
        _channel = channel;
        Reply = reply;
        Listeners = [.. listeners.Select(handle =>
        {
            var socket = new Socket(new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true));
            handle.SetHandleAsInvalid();
            return socket;
        })];
        Input = new NetworkStream(streams[0], ownsSocket: true);
        Output = new StreamReader(new NetworkStream(streams[1], ownsSocket: true));
        Error = new StreamReader(new NetworkStream(streams[2], ownsSocket: true));
    }

    public JailReply Reply { get; }

    public IReadOnlyList<Socket> Listeners { get; }

    public Stream Input { get; }

    public StreamReader Output { get; }

    public StreamReader Error { get; }

    public static async Task<Prisoner> StartAsync(
        JailChannel channel, JailOrder order, params IEnumerable<SafeHandle> inherited)
    {
        using var input = SocketPair.Create();
        using var output = SocketPair.Create();
        using var error = SocketPair.Create();
        await channel.SendAsync(
            new JailRequest(JailRequestKind.Start, order), OrderJson.Default.JailRequest,
            [input.Other, output.Other, error.Other, .. inherited], default);
        var (reply, listeners) = (await channel.ReceiveAsync(OrderJson.Default.JailReply, default))!.Value;
        return new Prisoner(channel, reply, listeners, [input.Keep(), output.Keep(), error.Keep()]);
    }

    public Task AskAsync(JailRequestKind kind) =>
        _channel.SendAsync(new JailRequest(kind), OrderJson.Default.JailRequest, [], default);

    /// <summary>Goes away without a word.</summary>
    public void Leave() => _channel.Dispose();

    public async Task<JailReply?> NextAsync() =>
        (await _channel.ReceiveAsync(OrderJson.Default.JailReply, default))?.Message;

    /// <summary>To its end.</summary>
    public async Task<JailRun> RunAsync()
    {
        Assert.True(Reply.Kind == JailReplyKind.Started, $"{Reply.Reason} {await TextAsync()}");
        var output = Output.ReadToEndAsync();
        var error = Error.ReadToEndAsync();
        var end = await NextAsync();
        Assert.Equal(JailReplyKind.Exited, end?.Kind);
        return new JailRun(await output, await error, end!.End!);
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        Input.Dispose();
        Output.Dispose();
        Error.Dispose();
        foreach (var listener in Listeners)
        {
            listener.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task<string> TextAsync() =>
        Reply.Kind == JailReplyKind.Started ? string.Empty : await Error.ReadToEndAsync();
}
