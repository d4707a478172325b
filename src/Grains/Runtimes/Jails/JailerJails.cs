using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;

namespace Smcp.Runtimes.Jails;

/// <summary>Jails by the jailer: one connection to it is one jail.</summary>
internal sealed partial class JailerJails(
    JailerProcess jailer,
    JailShares shares,
    IOptions<JailOptions> options,
    TimeProvider time,
    ILogger<JailerJails> logger) : IJails, IBlankJails
{
    /// <summary>Whose a jail is said to be before it is known.</summary>
    private const string Nobody = "-";

    private const string SystemPath = "/usr/local/bin:/usr/bin:/bin";

    public async Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken)
    {
        if (!shares.TryTake(start.Tenant, start.IsSpare))
        {
            throw new JailUnavailableException("The tenant has as many jails here as it may.");
        }

        try
        {
            return start.Blank?.Take(GiveBack) ?? await WithinAsync(
                async timely =>
                {
                    await AdmitAsync(timely);
                    return await OrderAsync(OrderOf(start), start.Inherited, GiveBack, timely);
                },
                cancellationToken);
        }
        catch
        {
            GiveBack();
            throw;
        }

        void GiveBack() => shares.GiveBack(start.Tenant);
    }

    public Task<BlankJail?> PrepareAsync(JailStart start, CancellationToken cancellationToken) => WithinAsync(
        async timely =>
        {
            if (await AdmitAsync(timely) != JailLevel.Full)
            {
                return null;
            }

            var blank = new BlankJail();
            var order = OrderOf(start) with { Name = Nobody };
            blank.Hold(await OrderAsync(order, start.Inherited, blank.End, timely));
            return blank;
        },
        cancellationToken);

    private async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> order, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await order(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new JailUnavailableException("The jailer did not start the program in time.");
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidDataException)
        {
            throw new JailUnavailableException($"The jailer cannot be reached: {exception.Message}");
        }
    }

    /// <summary>Asks what the jailer's jails are worth, as it may be another one than before.</summary>
    private async Task<JailLevel> AdmitAsync(CancellationToken cancellationToken)
    {
        using var channel = await ConnectAsync(cancellationToken);
        await channel.SendAsync(
            new JailRequest(JailRequestKind.Probe), OrderJson.Default.JailRequest, [], cancellationToken);
        var answer = await channel.ReceiveAsync(OrderJson.Default.JailReply, cancellationToken);
        if (answer is not { Message: { Kind: JailReplyKind.Ready } ready })
        {
            throw new JailUnavailableException("The jailer refuses this process: it serves another user.");
        }

        if (ready.Level == JailLevel.Unavailable)
        {
            throw new JailUnavailableException($"No jail can be made here: {string.Join("; ", ready.Problems)}.");
        }

        return ready.Level;
    }

    private async Task<IJailedProcess> OrderAsync(
        JailOrder order, IReadOnlyList<SafeHandle> inherited, Action ended, CancellationToken cancellationToken)
    {
        // One way each, before the program has them: else it could send its own descriptors to us, and its streams
        // would never end.
        using var input = SocketPair.CreateOneWay(reads: false);
        using var output = SocketPair.CreateOneWay(reads: true);
        using var error = SocketPair.CreateOneWay(reads: true);
        var channel = await ConnectAsync(cancellationToken);
        try
        {
            await channel.SendAsync(
                new JailRequest(JailRequestKind.Start, order), OrderJson.Default.JailRequest,
                [input.Other, output.Other, error.Other, .. inherited], cancellationToken);
            var answer = await channel.ReceiveAsync(OrderJson.Default.JailReply, cancellationToken);
            if (answer is not { Message.Kind: JailReplyKind.Started } started)
            {
                // Without our copies, what is there of its standard error has an end.
                error.Other.Dispose();
                throw new JailUnavailableException(
                    $"The program did not start: {answer?.Message.Reason ?? "the jailer ended"}."
                    + await FailureTextAsync(error.Own, cancellationToken));
            }

            return new JailedProcess(
                channel, (input.Keep(), output.Keep(), error.Keep()), [.. started.Descriptors.Select(ListenerOf)],
                ended);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    private async Task<JailChannel> ConnectAsync(CancellationToken cancellationToken)
    {
        var path = await jailer.SocketAsync(cancellationToken);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new JailChannel(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private JailOrder OrderOf(JailStart start) => new()
    {
        Name = $"{start.Tenant}/{start.Server}",
        Executable = start.Executable,
        Arguments = start.Arguments,
        Environment = EnvironmentOf(start),
        WorkingFolder = start.WorkingFolder,
        Folders =
        [
            .. options.Value.Folders.Select(Path.GetFullPath).Where(Path.Exists)
                .Select(folder => new JailMount(folder, folder)),
            .. start.Folders.Select(pair => new JailMount(pair.Value, pair.Key)),
        ],
        Scratch = [.. start.Scratch.Select(pair => new JailScratch(pair.Key, pair.Value))],
        Sockets = [.. start.Sockets.Select(pair => new JailMount(pair.Value, pair.Key))],
        Ports = start.LoopbackPorts,
        Bounds = new JailBounds
        {
            MemoryBytes = start.Limits.MemoryBytes,
            CpuPercent = start.Limits.CpuPercent,
            CpuLater = start.Limits.CpuLater,
            Processes = start.Limits.Processes,
            OpenFiles = start.Limits.OpenFiles,
            FileBytes = start.Limits.FileBytes,
            TemporaryBytes = start.Limits.TemporaryBytes,
            LifeSeconds = (int)Math.Ceiling(start.Limits.Life?.TotalSeconds ?? 0),
        },
    };

    /// <summary>With the programs of the operator's folders on its path.</summary>
    private Dictionary<string, string> EnvironmentOf(JailStart start)
    {
        var environment = new Dictionary<string, string>(start.Environment);
        if (options.Value.Folders.Count > 0)
        {
            environment.TryAdd("PATH", string.Join(
                ':', options.Value.Folders.Select(folder => Path.Combine(Path.GetFullPath(folder), "bin"))
                    .Append(SystemPath)));
        }

        return environment;
    }

    /// <summary>What bubblewrap said, of the host and not of the program: that did not begin.</summary>
    private async Task<string> FailureTextAsync(Socket error, CancellationToken cancellationToken)
    {
        var buffer = new byte[options.Value.FailureTextBytesMax];
        var length = await new NetworkStream(error).ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(buffer.AsSpan(0, length)).Trim();
        if (text.Length > 0)
        {
            LogNotStarted(text);
        }

        return text.Length == 0 ? string.Empty : $" {text}";
    }

    private static Socket ListenerOf(SafeHandle handle)
    {
        using (handle)
        {
            var socket = new Socket(new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true));
            handle.SetHandleAsInvalid();
            return socket;
        }
    }
}
