using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// How a version is to run, as its deployer wrote it and we checked it. Exactly one of <see cref="Worker"/>,
/// <see cref="Process"/>, <see cref="Remote"/>, <see cref="Virtual"/> and <see cref="OpenApi"/> is there: the one that
/// <see cref="Runtime"/> names.
/// </summary>
[Wire("server-settings", 3)]
public sealed record ServerSettings
{
    public required RuntimeKind Runtime { get; init; }

    /// <summary>
    /// What <c>smcp.json</c> says, or the runtime's own. It begins as the enum's default: rows of versions from before
    /// say nothing where it is <see cref="InstanceScope.Shared"/>.
    /// </summary>
    public InstanceScope Scope { get; init; }

    /// <summary>How many instances a server of scope <c>pool</c> has.</summary>
    public int PoolMembers { get; init; } = 1;

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }

    public WorkerSettings? Worker { get; init; }

    public ProcessSettings? Process { get; init; }

    public RemoteSettings? Remote { get; init; }

    public VirtualSettings? Virtual { get; init; }

    public OpenApiSettings? OpenApi { get; init; }

    /// <summary>The names of the tenant's secrets that it may have.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>
    /// Where it may connect to: <c>host:port</c> each, where the host may begin with <c>*.</c> for any name below it.
    /// Nothing else is reached.
    /// </summary>
    public IReadOnlyList<string> Egress { get; init; } = [];

    public ManifestMode Manifest { get; init; }

    public ServerLimits Limits { get; init; } = new();
}
