using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>A tenant's secrets, or why not.</summary>
[Wire("secret-list", 1)]
public sealed record SecretList
{
    public IReadOnlyList<SecretInfo> Secrets { get; init; } = [];

    public McpFault? Fault { get; init; }
}
