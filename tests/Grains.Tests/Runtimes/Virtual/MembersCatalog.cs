using System.Text;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>Two servers, <c>notes</c> and <c>mail</c>, and <c>desk</c>, which is composed of them.</summary>
internal sealed class MembersCatalog : IServerCatalog
{
    /// <summary>What <c>desk</c> is composed of.</summary>
    public IReadOnlyList<VirtualMember> Members { get; set; } =
    [
        new VirtualMember
        {
            Server = ServerId.Parse("notes"),
            Prefix = "notes",
            Tools = ["add", "find*"],
            ToolItems =
            [
                new VirtualItem
                {
                    Name = "add",
                    As = "remember",
                    Description = "Keeps a thought.",
                    Arguments = Encoding.UTF8.GetBytes("""{"folder":"desk"}"""),
                },
            ],
        },
        new VirtualMember { Server = ServerId.Parse("mail"), Prefix = "mail", Resources = ["mail:*"] },
    ];

    public Dictionary<string, ServerAccess> Access { get; } = [];

    public IReadOnlyCollection<ServerDefinition> Servers => [];

    public ServerDefinition? Find(ServerId id) => id.ToString() switch
    {
        "notes" or "mail" => Define(id, RuntimeKind.CSharp, null),
        "desk" or "other-desk" => Define(id, RuntimeKind.Virtual, new ServerVersion
        {
            Number = 1,
            Hash = "none",
            Settings = new ServerSettings
            {
                Runtime = RuntimeKind.Virtual,
                Virtual = new VirtualSettings { Members = Members, Instructions = "Keep the desk." },
            },
        }),
        _ => null,
    };

    private ServerDefinition Define(ServerId id, RuntimeKind runtime, ServerVersion? version) => new()
    {
        Id = id,
        Runtime = runtime,
        Scope = InstanceScope.Shared,
        Source = id.ToString(),
        Deployed = version,
        Access = Access.GetValueOrDefault(id.ToString(), ServerAccess.Tenant),
    };
}
