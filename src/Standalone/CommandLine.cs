namespace Smcp;

/// <summary>The options of the command line, as configuration settings; or what is wrong with them.</summary>
/// <param name="Settings">Configuration keys and values; they win over files and the environment.</param>
/// <param name="Problem">One sentence, when the line cannot be used.</param>
/// <param name="WantsHelp">Whether it asks what the options are.</param>
internal sealed record CommandLine(IReadOnlyDictionary<string, string?> Settings, string? Problem, bool WantsHelp)
{
    public const string Help =
        """
        Smcp serves MCP servers over Streamable HTTP.

          --urls URL[;URL…]     where to listen; port 0 takes a free one   (http://127.0.0.1:8080)
          --data DIR            where everything durable is kept           (.smcp)
          --public-url URL      the address that clients use, if another
          --servers PATH…       assemblies with C# servers to load, or folders of them
          --new-operator-key    issue another operator's key, for who lost it
          --unsafe-open         listen beyond loopback whatever is served, to whom, and in clear
          --Section:Key=VALUE   any setting of docs/configuration.md
        """;

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var servers = 0;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case "--help" or "-h":
                    return new CommandLine(settings, null, WantsHelp: true);
                case "--unsafe-open":
                    settings[StandaloneOptions.Key(nameof(StandaloneOptions.UnsafeOpen))] = value ?? "true";
                    break;
                case "--new-operator-key":
                    settings[StandaloneOptions.Key(nameof(StandaloneOptions.NewOperatorKey))] = value ?? "true";
                    break;
                case "--servers":
                    while (value is not null || NextIsValue(args, i))
                    {
                        var key = StandaloneOptions.Key($"{nameof(StandaloneOptions.Servers)}:{servers++}");
                        settings[key] = value ?? args[++i];
                        value = null;
                    }

                    break;
                default:
                    if (KeyOf(name) is not { } setting)
                    {
                        return Unusable(settings, $"There is no option {name}; --help lists them.");
                    }

                    if (value is null && !NextIsValue(args, i))
                    {
                        return Unusable(settings, $"The option {name} needs a value.");
                    }

                    settings[setting] = value ?? args[++i];
                    break;
            }
        }

        return new CommandLine(settings, null, WantsHelp: false);
    }

    private static string? KeyOf(string name) => name switch
    {
        "--urls" => "urls",
        "--data" => StandaloneOptions.Key(nameof(StandaloneOptions.Data)),
        "--public-url" => StandaloneOptions.Key(nameof(StandaloneOptions.PublicUrl)),
        _ when name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':') => name[2..],
        _ => null,
    };

    private static (string Name, string? Value) Split(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (arg[..at], arg[(at + 1)..])
            : (arg, null);

    private static bool NextIsValue(IReadOnlyList<string> args, int index) =>
        index + 1 < args.Count && !args[index + 1].StartsWith("--", StringComparison.Ordinal);

    private static CommandLine Unusable(IReadOnlyDictionary<string, string?> settings, string problem) =>
        new(settings, problem, WantsHelp: false);
}
