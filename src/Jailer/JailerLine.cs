using System.Globalization;

namespace Smcp.Jailer;

/// <summary>The command line: terms, or what is wrong with it.</summary>
internal sealed record JailerLine(JailerTerms? Terms, string? Problem)
{
    public const string Help =
        """
        The jailer of Smcp: starts jails for one user, over a unix socket.

          --socket PATH         where it listens; the folder must be there and, for root, be root's alone
          --client UID          the user that it serves                       (the one it runs as)
          --root DIR…           folders whose content jails may be given to read, and sockets to connect to
          --jails N             how many there may be at a time                (1000)
          --memory BYTES        memory of all of them together, as root        (3/4 of the host's)
          --tasks N             processes and threads of all of them, as root  (16384)
          --cpu-weight N        what all of them weigh beside another's 100, as root   (100)
          --users FIRST:COUNT   the users that jails run as, as root           (4096 that are free, from 262144 on)
          --with-parent         ends when its standard input ends
        """;

    public static JailerLine Parse(IReadOnlyList<string> args, uint ownUser)
    {
        string? socket = null;
        var terms = new JailerTerms { Socket = string.Empty, Client = ownUser };
        var roots = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--with-parent":
                    terms = terms with { WithParent = true };
                    continue;
                case "--socket" when value is not null:
                    socket = Path.GetFullPath(value);
                    break;
                case "--root" when value is not null:
                    roots.Add(Path.GetFullPath(value));
                    break;
                case "--client" when uint.TryParse(value, CultureInfo.InvariantCulture, out var client):
                    terms = terms with { Client = client };
                    break;
                case "--jails" when int.TryParse(value, CultureInfo.InvariantCulture, out var jails) && jails > 0:
                    terms = terms with { JailsMax = jails };
                    break;
                case "--memory" when long.TryParse(value, CultureInfo.InvariantCulture, out var bytes) && bytes > 0:
                    terms = terms with { MemoryBytes = bytes };
                    break;
                case "--tasks" when int.TryParse(value, CultureInfo.InvariantCulture, out var tasks) && tasks > 0:
                    terms = terms with { Tasks = tasks };
                    break;
                case "--cpu-weight" when int.TryParse(value, CultureInfo.InvariantCulture, out var weight)
                    && weight is > 0 and <= 10_000:
                    terms = terms with { CpuWeight = weight };
                    break;
                case "--users" when UsersIn(value) is var (first, count):
                    terms = terms with { FirstUser = first, Users = count };
                    break;
                default:
                    return new JailerLine(null, $"{args[i]} is no option, or its value is none.");
            }

            i++;
        }

        return socket is null
            ? new JailerLine(null, "--socket is missing.")
            : new JailerLine(terms with { Socket = socket, Roots = roots }, null);
    }

    /// <summary>Users below 1,000 are the system's; root is none of a jail's.</summary>
    private static (uint First, int Count)? UsersIn(string? value) =>
        value?.Split(':') is [var first, var count]
        && uint.TryParse(first, CultureInfo.InvariantCulture, out var from) && from >= 1_000
        && int.TryParse(count, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1_000_000
            ? (from, number)
            : null;
}
