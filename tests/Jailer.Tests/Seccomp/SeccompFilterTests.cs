using System.Diagnostics;
using System.Globalization;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Seccomp;

public sealed class SeccompFilterTests
{
    private const uint Allowed = 0x7fff0000;
    private const uint Failed = 0x00050000;
    private const uint Killed = 0x80000000;
    private const int NotPermitted = 1;
    private const int NoSuchCall = 38;
    private const int NoSuchFamily = 97;

    /// <summary>An errno that no call returns by itself.</summary>
    private const int Telltale = 123;

    public static TheoryData<int> Architectures => [(int)SeccompArchitecture.X64, (int)SeccompArchitecture.Arm64];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Call_IsDenied_WhenItIsListed(int architecture)
    {
        var own = (SeccompArchitecture)architecture;
        Assert.All(
            DeniedCalls.Forbidden.Select(call => call.On(own)).Where(number => number >= 0),
            number => Assert.Equal(Failed | NotPermitted, Run(own, number)));
        Assert.All(
            DeniedCalls.Absent.Select(call => call.On(own)),
            number => Assert.Equal(Failed | NoSuchCall, Run(own, number)));
        Assert.Equal(Failed | NoSuchCall, Run(own, DeniedCalls.LastKnown + 1));
        Assert.Equal(Failed | NoSuchCall, Run(own, 0x40000000 + 59));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Call_IsAllowed_WhenItIsNotListed(int architecture)
    {
        var own = (SeccompArchitecture)architecture;
        var listed = DeniedCalls.Forbidden.Concat(DeniedCalls.Absent).Select(call => call.On(own)).ToHashSet();
        listed.Add(DeniedCalls.Personality.On(own));
        listed.Add(DeniedCalls.Socket.On(own));
        listed.Add(DeniedCalls.SocketPair.On(own));
        Assert.All(
            Enumerable.Range(0, DeniedCalls.LastKnown + 1).Where(number => !listed.Contains(number)),
            number => Assert.Equal(Allowed, Run(own, number)));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Call_IsDeniedByItsArgument(int architecture)
    {
        var own = (SeccompArchitecture)architecture;
        var (clone, personality) = (DeniedCalls.Clone.On(own), DeniedCalls.Personality.On(own));
        var prctl = DeniedCalls.ProcessControl.On(own);
        var (ioctl, socket) = (DeniedCalls.Ioctl.On(own), DeniedCalls.Socket.On(own));

        Assert.Equal(Allowed, Run(own, clone, 0x3d0f00));
        Assert.Equal(Failed | NotPermitted, Run(own, clone, 0x10000000));
        Assert.Equal(Failed | NotPermitted, Run(own, clone, 0x40000000 | 17));
        Assert.Equal(Allowed, Run(own, personality, 0));
        Assert.Equal(Allowed, Run(own, personality, 0xFFFFFFFF));
        Assert.Equal(Failed | NotPermitted, Run(own, personality, 0x0040000));
        Assert.Equal(Failed | NotPermitted, Run(own, prctl, 1, 0));
        Assert.Equal(Failed | NotPermitted, Run(own, prctl, 1, 15));
        Assert.Equal(Allowed, Run(own, prctl, 1, 9));
        Assert.Equal(Allowed, Run(own, prctl, 15, 0));
        Assert.Equal(Allowed, Run(own, ioctl, 0, 0x5401));
        Assert.Equal(Failed | NotPermitted, Run(own, ioctl, 0, 0x5412));
        Assert.Equal(Failed | NotPermitted, Run(own, ioctl, 0, 0x541C));
        Assert.All([1u, 2u, 10u, 16u], family => Assert.Equal(Allowed, Run(own, socket, family)));
        Assert.All([17u, 38u, 40u, 0u], family => Assert.Equal(Failed | NoSuchFamily, Run(own, socket, family)));
        Assert.Equal(Failed | NotPermitted, Run(own, ioctl, 0, 0x5423));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Socket_IsDeniedByItsArguments(int architecture)
    {
        var own = (SeccompArchitecture)architecture;
        var (socket, pair) = (DeniedCalls.Socket.On(own), DeniedCalls.SocketPair.On(own));

        Assert.Equal(Allowed, Run(own, socket, 16, 3, 0));
        Assert.Equal(Allowed, Run(own, socket, 2, 1, 6));
        Assert.Equal(Failed | NoSuchFamily, Run(own, socket, 16, 3, 12));
        Assert.Equal(Allowed, Run(own, pair, 1));
        Assert.Equal(Failed | NoSuchFamily, Run(own, pair, 30));
        Assert.All(DeniedCalls.Sending, sending =>
        {
            var arguments = new uint[4];
            arguments[sending.Flags] = 0x4000;
            Assert.Equal(Allowed, Run(own, sending.Call.On(own), arguments));
            arguments[sending.Flags] = 0x4001;
            Assert.Equal(Failed | NotPermitted, Run(own, sending.Call.On(own), arguments));
        });
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void LimitOfDumps_IsReadAndNotSet(int architecture)
    {
        var own = (SeccompArchitecture)architecture;
        var (set, limit) = (DeniedCalls.SetLimit.On(own), DeniedCalls.ProcessLimit.On(own));

        Assert.Equal(Failed | NotPermitted, Run(own, set, 4));
        Assert.Equal(Allowed, Run(own, set, 7));
        Assert.Equal(Failed | NotPermitted, Run(own, limit, 0, 4, 8));
        Assert.Equal(Allowed, Run(own, limit, 0, 4, 0));
        Assert.Equal(Allowed, Run(own, limit, 0, 7, 8));
    }

    [Fact]
    public void Architecture_ThatIsForeignIsKilled() =>
        Assert.Equal(Killed, FilterMachine.Run(SeccompFilter.Build(SeccompArchitecture.X64), 0x40000003, 39));

    [JailFact]
    public async Task Kernel_DeniesEachOfThem()
    {
        var own = SeccompFilter.Own!.Value;
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, SeccompFilter.Build(own, Telltale));
        var numbers = DeniedCalls.Forbidden.Select(call => call.On(own)).Where(number => number >= 0).ToList();
        var program =
            $"for ({string.Join(',', numbers)}) {{ $! = 0; "
            + "syscall($_, -1, -1, -1, -1, -1, -1); print $_, '=', $!+0, ' ' }";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                "/bin/sh",
                [
                    "-c", "exec bwrap --ro-bind / / --dev /dev --unshare-user --seccomp 9 perl -e \"$0\" 9<\"$1\"",
                    program, file,
                ])
            {
                RedirectStandardOutput = true,
            })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Equal(
                numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number}={Telltale}")),
                said.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static uint Run(SeccompArchitecture architecture, int number, params uint[] arguments) => FilterMachine.Run(
        SeccompFilter.Build(architecture),
        architecture == SeccompArchitecture.X64 ? 0xC000003E : 0xC00000B7,
        number,
        arguments);
}
