using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>A secret as it was written, or why it was not.</summary>
[Wire("secret-outcome", 1)]
public sealed record SecretOutcome
{
    public SecretInfo? Info { get; init; }

    public McpFault? Fault { get; init; }
}
