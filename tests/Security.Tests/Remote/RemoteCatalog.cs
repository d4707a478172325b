using Smcp.Servers;

namespace Smcp.Remote;

/// <summary>One server elsewhere.</summary>
/// <param name="settings">Where it is, and how it lets us in.</param>
/// <param name="access">Who may reach it; null: everybody.</param>
internal sealed class RemoteCatalog(RemoteSettings settings, ServerAccess? access = null) : IServerCatalog
{
    private readonly ServerDefinition _server = new()
    {
        Id = ServerId.Parse("remote"),
        Runtime = RuntimeKind.Remote,
        Scope = InstanceScope.Shared,
        Source = "remote",
        Access = access ?? ServerAccess.Public,
        Deployed = new ServerVersion
        {
            Number = 1,
            Hash = new string('0', 64),
            Settings = new ServerSettings
            {
                Runtime = RuntimeKind.Remote,
                Remote = settings,
                Manifest = ManifestMode.Live,
            },
        },
    };

    public IReadOnlyCollection<ServerDefinition> Servers => [_server];

    public ServerDefinition? Find(ServerId id) => id == _server.Id ? _server : null;
}
