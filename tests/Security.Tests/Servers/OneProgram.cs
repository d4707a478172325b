namespace Smcp.Servers;

/// <summary>One server that is a program of somebody else's, for the members of its tenant.</summary>
internal sealed class OneProgram : IServerCatalog
{
    /// <summary>Where it is reached.</summary>
    public const string Path = "/t/default/s/program/mcp";

    private static readonly ServerDefinition Program = new()
    {
        Id = ServerId.Parse("program"),
        Runtime = RuntimeKind.Process,
        Scope = InstanceScope.Shared,
        Source = "program",
        Deployed = new ServerVersion
        {
            Number = 1,
            Hash = new string('0', 64),
            Settings = new ServerSettings
            {
                Runtime = RuntimeKind.Process,
                Process = new ProcessSettings { Command = "program" },
                Manifest = ManifestMode.Live,
            },
        },
    };

    public IReadOnlyCollection<ServerDefinition> Servers => [Program];

    public ServerDefinition? Find(ServerId id) => id == Program.Id ? Program : null;
}
