namespace Smcp.Servers;

/// <summary>A catalog of one server, <c>echo</c>.</summary>
internal sealed class OneServerCatalog : IServerCatalog
{
    public ServerDefinition Definition { get; set; } = new()
    {
        Id = ServerId.Parse("echo"),
        Runtime = RuntimeKind.CSharp,
        Scope = InstanceScope.Shared,
        Source = "echo",
        Version = "1.2.3",
    };

    public IReadOnlyCollection<ServerDefinition> Servers => [Definition];

    public ServerDefinition? Find(ServerId id) => id == Definition.Id ? Definition : null;
}
