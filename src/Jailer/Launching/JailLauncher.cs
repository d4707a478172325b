using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;
using Smcp.Jailer.Seccomp;

namespace Smcp.Jailer.Launching;

/// <summary>
/// Starts bubblewrap for an order, up to the point where it waits for the jail's bounds. Bubblewrap is never root:
/// where
/// the jailer is, it is run by <c>setpriv</c> as the jail's own user, without a capability and with no way to one.
/// </summary>
internal sealed class JailLauncher(JailHost host, JailRoot root, GivenPaths paths, Spawner spawner)
{
    private readonly byte[] _filter = SeccompFilter.Own is { } own ? SeccompFilter.Build(own) : [];

    /// <param name="id">Names the jail on this host.</param>
    /// <param name="user">Whom it runs as; null for the jailer's own user.</param>
    /// <param name="order">What is to run; it was checked.</param>
    /// <param name="given">Standard input, output and error, and what else the program gets.</param>
    /// <exception cref="JailRefusedException">What it names is not there, or not to be had.</exception>
    /// <exception cref="IOException">The system has no room.</exception>
    public async Task<BlockedJail> LaunchAsync(
        string id, uint? user, JailOrder order, IReadOnlyList<SafeHandle> given)
    {
        using var status = SocketPair.Create();
        using var block = SocketPair.Create();
        var process = await spawner.RunAsync(() => Spawn(id, user, order, given, (status, block)));
        return new BlockedJail(process, new NetworkStream(status.Keep(), ownsSocket: true), block.Keep());
    }

    /// <summary>Takes away what was mounted for a jail.</summary>
    public async Task ClearAsync(string id)
    {
        if (host.Mounts is { } mounts)
        {
            await spawner.RunAsync(() =>
            {
                mounts.Clear(id);
                return true;
            });
        }
    }

    private int Spawn(
        string id, uint? user, JailOrder order, IReadOnlyList<SafeHandle> given,
        (SocketPair Status, SocketPair Block) own)
    {
        var numbers = BwrapDescriptors.From(given.Count);
        using var arguments = Descriptor.OfContent(
            "arguments", BwrapArguments.Of(order, Places(id, order), numbers));
        using var filter = Descriptor.OfContent("seccomp", _filter);
        var descriptors = new Dictionary<int, SafeHandle>
        {
            [numbers.Arguments] = arguments,
            [numbers.Seccomp] = filter,
            [numbers.Block] = own.Block.Other,
            [numbers.Sync] = own.Block.Own.SafeHandle,
            [numbers.Status] = own.Status.Other,
        };
        for (var i = 0; i < given.Count; i++)
        {
            descriptors[i] = given[i];
        }

        return ChildProcess.Start(
            [.. Command(user, order.Bounds, numbers), order.Executable, .. order.Arguments],
            ["PATH=/usr/bin:/bin"], descriptors);
    }

    private string[] Command(uint? user, JailBounds bounds, BwrapDescriptors numbers) =>
    [
        host.Programs.Prlimit!, .. ResourceLimits.Arguments(bounds),
        .. user is { } id
            ?
            [
                host.Programs.Setpriv!, $"--reuid={id}", $"--regid={id}", "--clear-groups", "--inh-caps=-all",
                "--bounding-set=-all", "--no-new-privs", "--",
            ]
            : Array.Empty<string>(),
        host.Programs.Bwrap!, "--args", numbers.Arguments.ToString(CultureInfo.InvariantCulture), "--",
    ];

    /// <summary>Where bubblewrap finds the jailer's files and what the order names.</summary>
    private IReadOnlyList<string> Places(string id, JailOrder order)
    {
        var things = new List<Descriptor>();
        try
        {
            things.Add(new Descriptor(LibcException.Check(
                Libc.Open(root.Folder, GivenPaths.PathOnly | GivenPaths.ClosedOnExec), root.Folder)));
            var found = new List<string> { root.Folder };
            foreach (var mount in order.Folders.Concat(order.Sockets))
            {
                var (thing, path) = paths.Open(mount.Source);
                things.Add(thing);
                found.Add(path);
            }

            return host.Mounts?.Bring(id, things) ?? found;
        }
        finally
        {
            things.ForEach(thing => thing.Dispose());
        }
    }
}
