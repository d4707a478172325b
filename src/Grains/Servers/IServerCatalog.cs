namespace Smcp.Servers;

/// <summary>
/// The servers that came with this process: C# classes, registered at its start. They belong to the tenant
/// <c>default</c> until tenants deploy their own.
/// </summary>
public interface IServerCatalog
{
    /// <summary>All of them, by name.</summary>
    IReadOnlyCollection<ServerDefinition> Servers { get; }

    /// <summary>The server of this id, or null.</summary>
    ServerDefinition? Find(ServerId id);
}
