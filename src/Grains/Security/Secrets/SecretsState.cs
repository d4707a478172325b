using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>The names of a tenant's secrets, in order. One may be named that was not written, or is gone.</summary>
[Wire("secrets-state", 1)]
internal sealed record SecretsState
{
    public IReadOnlyList<string> Names { get; init; } = [];
}
