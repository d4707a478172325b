namespace Smcp.Nodes;

/// <summary>The options of a node's command line, as configuration settings; or what is wrong with them.</summary>
/// <param name="Settings">Configuration keys and values; they win over files and the environment.</param>
/// <param name="Problem">One sentence, when the line cannot be used.</param>
/// <param name="WantsHelp">Whether it asks what the options are.</param>
internal sealed record NodeLine(IReadOnlyDictionary<string, string?> Settings, string? Problem, bool WantsHelp)
{
    public const string Help =
        """
        A node of an Smcp cluster.

          --role ROLE           all, silo (grains only) or gateway (HTTP only)   (all)
          --urls URL[;URL…]     where to listen for HTTP; a silo alone answers its health there
          --public-url URL      the address that clients use
          --address IP          where the other nodes reach this one            (127.0.0.1)
          --silo-port N         where it hears other silos                      (11111)
          --gateway-port N      where it hears gateways                         (30000)
          --servers PATH…       assemblies with C# servers to load
          --Section:Key=VALUE   any setting of docs/configuration.md
        """;

    private const string ServersKey = "Smcp:CSharp:Assemblies";

    public static NodeLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var servers = 0;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is "--help" or "-h")
            {
                return new NodeLine(settings, null, WantsHelp: true);
            }

            if (name != "--servers" && KeyOf(name) is null)
            {
                return Unusable(settings, $"There is no option {name}; --help lists them.");
            }

            if (value is null && !NextIsValue(args, i))
            {
                return Unusable(settings, $"The option {name} needs a value.");
            }

            do
            {
                settings[KeyOf(name) ?? $"{ServersKey}:{servers++}"] = value ?? args[++i];
                value = null;
            }
            while (name == "--servers" && NextIsValue(args, i));
        }

        return new NodeLine(settings, null, WantsHelp: false);
    }

    private static string? KeyOf(string name) => name switch
    {
        "--role" => $"{NodeOptions.Section}:{nameof(NodeOptions.Role)}",
        "--urls" => NodeAddresses.UrlsKey,
        "--public-url" => "Smcp:Gateway:PublicUrls:0",
        "--address" => $"{NodeOptions.Section}:{nameof(NodeOptions.Address)}",
        "--silo-port" => $"{NodeOptions.Section}:{nameof(NodeOptions.SiloPort)}",
        "--gateway-port" => $"{NodeOptions.Section}:{nameof(NodeOptions.GatewayPort)}",
        _ when name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':') => name[2..],
        _ => null,
    };

    private static (string Name, string? Value) Split(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (arg[..at], arg[(at + 1)..])
            : (arg, null);

    private static bool NextIsValue(IReadOnlyList<string> args, int index) =>
        index + 1 < args.Count && !args[index + 1].StartsWith("--", StringComparison.Ordinal);

    private static NodeLine Unusable(IReadOnlyDictionary<string, string?> settings, string problem) =>
        new(settings, problem, WantsHelp: false);
}
