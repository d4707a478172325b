using System.Globalization;
using System.Runtime.InteropServices;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Launching;

/// <summary>
/// Makes a jail's listeners without root: another run of this program is started inside the jail's user and network
/// namespaces (only a process with one thread may enter the former, so <c>nsenter</c> does), hands the sockets back and
/// ends. It sees the host's files: nothing of the jail runs in it.
/// </summary>
internal static class OutsideListeners
{
    /// <summary>What the program is called with to do its part; the ports follow.</summary>
    public const string Word = "--listen";

    private const int Channel = 3;
    private const int UserNamespace = 4;
    private const int NetworkNamespace = 5;
    private const int OwnerOfNamespace = 0xb701;
    private const int ReadOnly = 0x80000;

    public static async Task<IReadOnlyList<SafeHandle>> OpenAsync(
        string? nsenter, int process, IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        if (nsenter is null)
        {
            throw new JailRefusedException("ports need nsenter (apt-get install util-linux)");
        }

        using var network = new Descriptor(LibcException.Check(
            Libc.Open($"/proc/{process}/ns/net", ReadOnly), "open the jail's network namespace"));
        using var owner = new Descriptor(LibcException.Check(
            Libc.DeviceControl(network.Number, OwnerOfNamespace), "ioctl(NS_GET_USERNS)"));
        using var pair = SocketPair.Create();
        using var none = Descriptor.OfContent("nothing", []);
        var child = ChildProcess.Start(
            [
                nsenter, $"--user=/proc/self/fd/{UserNamespace}", $"--net=/proc/self/fd/{NetworkNamespace}",
                "--preserve-credentials", "--", .. OwnProgram.Command, Word,
                .. ports.Select(port => port.ToString(CultureInfo.InvariantCulture)),
            ],
            OwnProgram.Environment,
            new Dictionary<int, SafeHandle>
            {
                [0] = none,
                [1] = none,
                [2] = none,
                [Channel] = pair.Other,
                [UserNamespace] = owner,
                [NetworkNamespace] = network,
            });
        pair.Other.Dispose();
        using var channel = new JailChannel(pair.Keep());
        try
        {
            var answer = await channel.ReceiveAsync(OrderJson.Default.JailReply, cancellationToken);
            return ListenersIn(answer, ports.Count);
        }
        finally
        {
            // It has said all it had to, or takes too long.
            _ = Libc.Kill(child, Libc.KillSignal);
            ChildProcess.Reap(child);
        }
    }

    private static IReadOnlyList<SafeHandle> ListenersIn(
        (JailReply Message, IReadOnlyList<SafeHandle> Descriptors)? answer, int count) =>
        answer is { Message.Kind: JailReplyKind.Started } started && started.Descriptors.Count == count
            ? started.Descriptors
            : throw new JailRefusedException("the ports could not be listened on");

    /// <summary>The part of the program that was started there.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> ports)
    {
        var listeners = LoopbackListeners.Listen(
            [.. ports.Select(port => int.Parse(port, CultureInfo.InvariantCulture))]);
        using var channel = new JailChannel(
            new System.Net.Sockets.Socket(new System.Net.Sockets.SafeSocketHandle(Channel, ownsHandle: true)));
        await channel.SendAsync(
            new JailReply(JailReplyKind.Started), OrderJson.Default.JailReply, listeners, CancellationToken.None);
        return 0;
    }
}
