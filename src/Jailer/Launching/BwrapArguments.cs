using System.Globalization;
using System.Text;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Launching;

/// <summary>The arguments of bubblewrap for one jail. They go by a descriptor: an environment holds secrets.</summary>
internal static class BwrapArguments
{
    private const string InsideUser = "1000";

    private static readonly (string Name, string Value)[] Environment =
    [
        ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("HOME", "/tmp"), ("LANG", "C.UTF-8"), ("TMPDIR", "/tmp"),
    ];

    private static readonly string[] Isolation =
    [
        "--unshare-all", "--unshare-user", "--disable-userns", "--uid", InsideUser, "--gid", InsideUser,
        "--hostname", "jail", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
    ];

    /// <param name="order">What was asked for.</param>
    /// <param name="places">Where what the order names on the host is found: the jailer's files, folders,
    /// sockets.</param>
    /// <param name="descriptors">What bubblewrap reads and writes.</param>
    /// <returns>As <c>--args</c> takes them: each with a zero byte behind it.</returns>
    public static byte[] Of(JailOrder order, IReadOnlyList<string> places, BwrapDescriptors descriptors)
    {
        var arguments = new List<string>(Isolation);
        AddNumber(arguments, "--seccomp", descriptors.Seccomp);
        AddNumber(arguments, "--block-fd", descriptors.Block);
        AddNumber(arguments, "--sync-fd", descriptors.Sync);
        AddNumber(arguments, "--json-status-fd", descriptors.Status);
        foreach (var (name, value) in Environment.Where(own => !order.Environment.ContainsKey(own.Name))
            .Concat(order.Environment.Select(pair => (pair.Key, pair.Value))))
        {
            arguments.AddRange(["--setenv", name, value]);
        }

        arguments.AddRange(JailRoot.Arguments(places[0]));
        arguments.AddRange(["--proc", "/proc", "--dev", "/dev"]);
        AddScratch(arguments, new JailScratch("/dev/shm", order.Bounds.TemporaryBytes));
        AddScratch(arguments, new JailScratch("/tmp", order.Bounds.TemporaryBytes));
        foreach (var (mount, place) in order.Folders.Concat(order.Sockets).Zip(places.Skip(1)))
        {
            arguments.AddRange(["--ro-bind", place, mount.Target]);
        }

        foreach (var scratch in order.Scratch)
        {
            AddScratch(arguments, scratch);
        }

        // The folders that bubblewrap itself made are in memory and would be writable, without a bound.
        arguments.AddRange(["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", order.WorkingFolder]);
        return Encoding.UTF8.GetBytes(string.Concat(arguments.Select(argument => argument + '\0')));
    }

    private static void AddScratch(List<string> arguments, JailScratch scratch) => arguments.AddRange(
    [
        "--perms", "0700", "--size", scratch.BytesMax.ToString(CultureInfo.InvariantCulture), "--tmpfs", scratch.Target,
    ]);

    private static void AddNumber(List<string> arguments, string name, int number) =>
        arguments.AddRange([name, number.ToString(CultureInfo.InvariantCulture)]);
}
