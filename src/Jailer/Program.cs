using System.Runtime.InteropServices;
using Smcp.Jailer.Jails;
using Smcp.Jailer.Launching;
using Smcp.Jailer.Native;

namespace Smcp.Jailer;

/// <summary>
/// The jailer: the one program of Smcp that may run as root, which starts jails and does nothing else.
/// </summary>
internal static class Program
{
    private const int UsageExitCode = 2;
    private const int AdoptOrphans = 36;

    public static async Task<int> Main(string[] args)
    {
        if (args is [OutsideListeners.Word, .. var ports])
        {
            return await OutsideListeners.RunAsync(ports);
        }

        var line = JailerLine.Parse(args, Libc.GetUser());
        var (place, problem) = line.Terms is { } terms
            ? JailerPlace.Take(terms)
            : (null, $"{line.Problem}\n\n{JailerLine.Help}");
        using var held = place;
        if (place is null)
        {
            await Console.Error.WriteLineAsync($"smcp-jailer: {problem}");
            return UsageExitCode;
        }

        using var stop = new CancellationTokenSource();

        // Ctrl-C goes to everybody at the terminal; who started this one tells it when it is time.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => stop.Cancel());
        if (place.Terms.WithParent)
        {
            _ = EndWithParentAsync();
        }

        Descriptor.KeepInheritedOnes();
        LibcException.Check(Libc.ProcessControl(AdoptOrphans, 1, 0, 0, 0), "prctl(PR_SET_CHILD_SUBREAPER)");
        using var spawner = new Spawner();
        var host = await JailHost.FindAsync(spawner, place.Terms);
        var launcher = new JailLauncher(host, new JailRoot(place.Folder), new GivenPaths(place.Terms.Roots), spawner);
        var warden = new JailWarden(host, launcher, place.Pool, spawner, place.Terms, TimeProvider.System);
        await new JailerServer(place.Terms, warden, TimeProvider.System).RunAsync(stop.Token);
        return 0;
    }

    /// <summary>The kernel kills the jails when this process ends, however it does.</summary>
    private static async Task EndWithParentAsync()
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        Environment.Exit(0);
    }
}
