namespace Smcp.Jailer.Native;

/// <summary>
/// A process that is named by a descriptor, so that no other is meant when its number is given again.
/// </summary>
internal static class Pidfd
{
    // The numbers of both calls are the same on every architecture.
    private const int OpenNumber = 434;
    private const int SendSignalNumber = 424;

    public static Descriptor Open(int process) => new(
        LibcException.Check((int)Libc.SystemCall(OpenNumber, process, 0, 0, 0), $"pidfd_open {process}"));

    /// <summary>Kills it, if it still runs.</summary>
    public static void Kill(Descriptor process) =>
        Libc.SystemCall(SendSignalNumber, process.Number, Libc.KillSignal, 0, 0);
}
