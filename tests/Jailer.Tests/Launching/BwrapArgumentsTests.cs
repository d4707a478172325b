using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Smcp.Jailer.Native;
using Smcp.Jailer.Seccomp;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Launching;

public sealed class BwrapArgumentsTests
{
    [JailFact]
    public async Task Program_DoesNotBegin_WhenTheJailerEndsInstead()
    {
        using var status = SocketPair.Create();
        using var block = SocketPair.Create();
        using var output = SocketPair.Create();
        var folder = Directory.CreateTempSubdirectory("smcp-jailer-").FullName;
        var bwrap = Start(folder, (status, block, output));
        status.Other.Dispose();
        output.Other.Dispose();
        using var words = new StreamReader(new NetworkStream(status.Own));
        using var first = JsonDocument.Parse((await words.ReadLineAsync())!);

        // All that is left of a jailer that was killed.
        block.Other.Dispose();
        block.Own.Dispose();

        Assert.False(output.Own.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead));
        _ = Libc.Kill(first.RootElement.GetProperty("child-pid").GetInt32(), Libc.KillSignal);
        _ = Libc.Kill(bwrap, Libc.KillSignal);
        ChildProcess.Reap(bwrap);
        Directory.Delete(folder, recursive: true);
    }

    private static int Start(string folder, (SocketPair Status, SocketPair Block, SocketPair Output) pairs)
    {
        var order = Testing.Orders.Shell("echo ran");
        var numbers = BwrapDescriptors.From(3);
        using var arguments = Descriptor.OfContent(
            "arguments", BwrapArguments.Of(order, [new JailRoot(folder).Folder], numbers));
        using var filter = Descriptor.OfContent("seccomp", SeccompFilter.Build(SeccompFilter.Own!.Value));
        using var none = Descriptor.OfContent("nothing", []);
        return ChildProcess.Start(
            [
                HostPrograms.Find().Bwrap!, "--args", numbers.Arguments.ToString(CultureInfo.InvariantCulture), "--",
                order.Executable, .. order.Arguments,
            ],
            ["PATH=/usr/bin:/bin"],
            new Dictionary<int, SafeHandle>
            {
                [0] = none,
                [1] = pairs.Output.Other,
                [2] = none,
                [numbers.Arguments] = arguments,
                [numbers.Seccomp] = filter,
                [numbers.Block] = pairs.Block.Other,
                [numbers.Sync] = pairs.Block.Own.SafeHandle,
                [numbers.Status] = pairs.Status.Other,
            });
    }
}
