using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Which of the servers that came with the process a tenant is to have.</summary>
[Wire("server-deployment", 1)]
public sealed record ServerDeployment
{
    /// <summary>The name that the server's class is registered by.</summary>
    public required string Source { get; init; }
}
