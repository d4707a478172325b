using Smcp.Identity;

namespace Smcp.Backup;

/// <summary>
/// A command line that keeps the store instead of serving: <c>backup</c>, <c>restore</c>, <c>restore-drill</c>,
/// <c>move</c>.
/// </summary>
internal sealed record MaintenanceLine
{
    public const string Help =
        """
          backup FILE           writes a sealed copy of the store, while it serves or not
          restore FILE          takes a backup into an empty folder (--data DIR)
          restore-drill FILE    restores elsewhere, reads everything, serves once, and removes it
          move STORE            takes everything into the empty store of a cluster: postgres (Smcp:Postgres) or
                                azure-blobs (Smcp:AzureBlobs); nobody serves from --data meanwhile, or after

            --tenant T               just this tenant; restore: into the store at --data, which nobody serves from
            --replace                restore: in the place of a tenant that is there
            --passphrase-file FILE   a tenant's backup: sealed with FILE's first line, not with the master key
            --master-key FILE        where the master key is                 (master.key in the data folder)
            --deletions FILE         restore of all: the destroyed keys      (deletions.log in the data folder)
        """;

    private static readonly string[] Verbs = ["backup", "restore", "restore-drill", "move"];

    /// <summary>What to do.</summary>
    public required string Verb { get; init; }

    /// <summary>The backup.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>The cluster's store to move into.</summary>
    public MoveTarget? Target { get; init; }

    public TenantId? Tenant { get; init; }

    public bool Replaces { get; init; }

    public string? PassphraseFile { get; init; }

    public string? Deletions { get; init; }

    /// <summary>Everything else on the line, as for serving.</summary>
    public required CommandLine Settings { get; init; }

    /// <summary>One sentence when the line cannot be used.</summary>
    public string? Problem { get; init; }

    /// <summary>Null for a line that asks to serve.</summary>
    public static MaintenanceLine? Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || !Verbs.Contains(args[0], StringComparer.Ordinal))
        {
            return null;
        }

        var line = new MaintenanceLine { Verb = args[0], Settings = CommandLine.Parse([]) };
        var rest = new List<string>();
        for (var i = 1; i < args.Count && line.Problem is null; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--replace":
                    line = line with { Replaces = true };
                    continue;
                case "--tenant" or "--passphrase-file" or "--deletions" or "--master-key":
                    line = value is null
                        ? line with { Problem = $"The option {args[i]} needs a value." }
                        : line.With(args[i], value, rest);
                    i++;
                    continue;
                case var option when option.StartsWith("--", StringComparison.Ordinal):
                    rest.Add(option);
                    if (!option.Contains('=') && value?.StartsWith("--", StringComparison.Ordinal) == false)
                    {
                        rest.Add(value);
                        i++;
                    }

                    continue;
                case var store when line.Verb == "move":
                    line = line.Into(store);
                    continue;
                default:
                    line = line.File.Length == 0
                        ? line with { File = Path.GetFullPath(args[i]) }
                        : line with { Problem = $"{args[0]} takes one file, and {args[i]} is another." };
                    continue;
            }
        }

        var settings = CommandLine.Parse(rest);
        return line with { Settings = settings, Problem = line.Problem ?? settings.Problem ?? line.ProblemOf() };
    }

    private string? ProblemOf() =>
        Verb == "move" ? MoveProblem()
        : File.Length == 0 ? $"{Verb} needs a file."
        : PassphraseFile is not null && Verb == "backup" && Tenant is null
            ? "A passphrase seals one tenant's backup: the whole store needs the master key anyway. Name a --tenant."
        : Deletions is not null && (Verb == "backup" || Tenant is not null)
            ? "--deletions is for the whole store's restore: a tenant's looks at the list of the store it goes into."
        : null;

    private string? MoveProblem() =>
        Target is null ? "move needs to know where: postgres or azure-blobs."
        : Tenant is not null || Replaces || PassphraseFile is not null || Deletions is not null
            ? "move takes everything that there is, and no option of a backup."
        : null;

    private MaintenanceLine Into(string store) => (Target, store) switch
    {
        (not null, _) => this with { Problem = $"move takes one store, and {store} is another." },
        (_, "postgres") => this with { Target = MoveTarget.Postgres },
        (_, "azure-blobs") => this with { Target = MoveTarget.AzureBlobs },
        _ => this with { Problem = $"{store} is no store of a cluster: postgres or azure-blobs." },
    };

    private MaintenanceLine With(string option, string value, List<string> rest)
    {
        switch (option)
        {
            case "--tenant":
                return TenantId.TryParse(value, null, out var tenant) && tenant != TenantId.Platform
                    ? this with { Tenant = tenant }
                    : this with { Problem = $"{value} is no tenant." };
            case "--passphrase-file":
                return this with { PassphraseFile = value };
            case "--deletions":
                return this with { Deletions = value };
            default:
                rest.Add($"--Smcp:Encryption:MasterKeyFile={Path.GetFullPath(value)}");
                return this;
        }
    }
}
