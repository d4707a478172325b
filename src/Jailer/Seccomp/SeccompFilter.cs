using System.Runtime.InteropServices;

namespace Smcp.Jailer.Seccomp;

/// <summary>
/// The filter of every jail, as bytes that bubblewrap loads. It denies what <see cref="DeniedCalls"/> lists, sockets
/// of all families but unix, internet and routes (a vsock would pass the network namespace by), new namespaces, other
/// personalities, typing into a terminal, and outliving the parent: bubblewrap is the same user as the program, which
/// writes into its memory and so could have it call off its death by the jailer's.
/// </summary>
internal static class SeccompFilter
{
    /// <summary>AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64: how the kernel calls them.</summary>
    private const uint AuditX64 = 0xC000003E;

    private const uint AuditArm64 = 0xC00000B7;
    private const int NotPermitted = 1;
    private const int NoSuchCall = 38;
    private const int NoSuchFamily = 97;

    /// <summary>CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.</summary>
    private const uint NamespaceFlags = 0x7E020080;

    /// <summary>PR_SET_PDEATHSIG, and the one signal that may be set.</summary>
    private const uint SetParentDeathSignal = 1;

    private const uint KillSignal = 9;
    private const uint PersonalityQuery = 0xFFFFFFFF;

    /// <summary>RLIMIT_CORE.</summary>
    private const uint DumpLimit = 4;

    /// <summary>AF_NETLINK, and NETLINK_ROUTE.</summary>
    private const uint RoutesFamily = 16;

    private const uint RoutesProtocol = 0;

    /// <summary>MSG_OOB: no program needs it, and the kernel's unix sockets had holes by it.</summary>
    private const uint OutOfBand = 1;

    /// <summary>
    /// TIOCSTI and TIOCLINUX put text where a terminal's owner types; TIOCSETD loads drivers of the kernel.
    /// </summary>
    private static readonly uint[] TerminalCalls = [0x5412, 0x541C, 0x5423];

    /// <summary>AF_UNIX, AF_INET, AF_INET6.</summary>
    private static readonly uint[] Families = [1, 2, 10];

    /// <summary>The architecture of this process; null where there is no filter for it.</summary>
    public static SeccompArchitecture? Own => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => SeccompArchitecture.X64,
        Architecture.Arm64 => SeccompArchitecture.Arm64,
        _ => null,
    };

    /// <param name="architecture">Calls of any other kill the process.</param>
    /// <param name="forbidden">The errno of what is forbidden. Tests use one that no call returns.</param>
    public static byte[] Build(SeccompArchitecture architecture, int forbidden = NotPermitted)
    {
        var audited = architecture == SeccompArchitecture.X64 ? AuditX64 : AuditArm64;
        var program = new BpfProgram().LoadArchitecture().IfEqual(audited, 1).Kill().LoadNumber();

        // The second 64-bit ABI of x86 (x32) has the same calls from 0x40000000 on: they end here too.
        program.UnlessAtLeast(DeniedCalls.LastKnown + 1, 1).Fail(NoSuchCall);
        foreach (var call in DeniedCalls.Absent)
        {
            Deny(program, call.On(architecture), NoSuchCall);
        }

        foreach (var call in DeniedCalls.Forbidden)
        {
            Deny(program, call.On(architecture), forbidden);
        }

        DenyByArgument(program, architecture, forbidden);
        DenySockets(program, architecture, forbidden);
        return program.Allow().ToArray();
    }

    /// <summary>Each of these loads an argument and answers, so that the number stays loaded for the next.</summary>
    private static void DenyByArgument(BpfProgram program, SeccompArchitecture architecture, int forbidden)
    {
        program.UnlessEqual((uint)DeniedCalls.Clone.On(architecture), 4)
            .LoadArgument(0).UnlessAnyOf(NamespaceFlags, 1).Fail(forbidden).Allow();
        program.UnlessEqual((uint)DeniedCalls.ProcessControl.On(architecture), 6)
            .LoadArgument(0).UnlessEqual(SetParentDeathSignal, 3)
            .LoadArgument(1).IfEqual(KillSignal, 1).Fail(forbidden).Allow();
        program.UnlessEqual((uint)DeniedCalls.Personality.On(architecture), 5)
            .LoadArgument(0).IfEqual(0, 2).IfEqual(PersonalityQuery, 1).Fail(forbidden).Allow();
        program.UnlessEqual((uint)DeniedCalls.Ioctl.On(architecture), 6)
            .LoadArgument(1).IfEqual(TerminalCalls[0], 3).IfEqual(TerminalCalls[1], 2).IfEqual(TerminalCalls[2], 1)
            .Allow().Fail(forbidden);

        // Of dumps: none is set, by either call; reading (a new limit of null) is free.
        program.UnlessEqual((uint)DeniedCalls.SetLimit.On(architecture), 4)
            .LoadArgument(0).UnlessEqual(DumpLimit, 1).Fail(forbidden).Allow();
        program.UnlessEqual((uint)DeniedCalls.ProcessLimit.On(architecture), 8)
            .LoadArgument(1).UnlessEqual(DumpLimit, 5)
            .LoadArgument(2).UnlessEqual(0, 2).LoadHighArgument(2).IfEqual(0, 1).Fail(forbidden).Allow();
    }

    private static void DenySockets(BpfProgram program, SeccompArchitecture architecture, int forbidden)
    {
        program.UnlessEqual((uint)DeniedCalls.Socket.On(architecture), 9)
            .LoadArgument(0).IfEqual(Families[0], 6).IfEqual(Families[1], 5).IfEqual(Families[2], 4)
            .UnlessEqual(RoutesFamily, 2).LoadArgument(2).IfEqual(RoutesProtocol, 1).Fail(NoSuchFamily).Allow();
        program.UnlessEqual((uint)DeniedCalls.SocketPair.On(architecture), 4)
            .LoadArgument(0).IfEqual(Families[0], 1).Fail(NoSuchFamily).Allow();
        foreach (var (call, flags) in DeniedCalls.Sending)
        {
            program.UnlessEqual((uint)call.On(architecture), 4)
                .LoadArgument(flags).UnlessAnyOf(OutOfBand, 1).Fail(forbidden).Allow();
        }
    }

    private static void Deny(BpfProgram program, int number, int error)
    {
        if (number >= 0)
        {
            program.UnlessEqual((uint)number, 1).Fail(error);
        }
    }
}
