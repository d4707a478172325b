namespace Smcp.Servers.Deploying.Importing;

/// <summary>What <c>npx</c> is asked for by its arguments.</summary>
/// <param name="Package">The package; null where they name none that is taken.</param>
/// <param name="Arguments">What its program gets.</param>
internal sealed record NpxCommand(NpmPackage? Package, IReadOnlyList<string> Arguments)
{
    private const string PackageOption = "--package";

    private static readonly string[] WithoutMeaning = ["-y", "--yes", "-q", "--quiet", "--prefer-online", "--silent"];

    /// <summary>Whether the command is npx, however its machine spells that.</summary>
    public static bool Is(string command) => NameOf(command) == "npx";

    /// <summary>A command's own name, without folder and ending.</summary>
    public static string NameOf(string command)
    {
        var name = command[(command.LastIndexOfAny(['/', '\\']) + 1)..].ToLowerInvariant();
        return name.EndsWith(".cmd", StringComparison.Ordinal) || name.EndsWith(".exe", StringComparison.Ordinal)
            ? name[..^4]
            : name;
    }

    public static NpxCommand Parse(IReadOnlyList<string> arguments)
    {
        string? package = null;
        var at = 0;
        for (; at < arguments.Count && arguments[at].StartsWith('-'); at++)
        {
            var argument = arguments[at];
            if (argument is "-p" or PackageOption && at + 1 < arguments.Count)
            {
                package = arguments[++at];
            }
            else if (argument.StartsWith(PackageOption + "=", StringComparison.Ordinal))
            {
                package = argument[(PackageOption.Length + 1)..];
            }
            else if (argument == "--")
            {
                at++;
                break;
            }
            else if (!WithoutMeaning.Contains(argument))
            {
                return new NpxCommand(null, []);
            }
        }

        if (at == arguments.Count)
        {
            return new NpxCommand(package is null ? null : NpmPackage.Parse(package, null), []);
        }

        var first = arguments[at];
        return new NpxCommand(
            package is null ? NpmPackage.Parse(first, null) : NpmPackage.Parse(package, first),
            [.. arguments.Skip(at + 1)]);
    }
}
