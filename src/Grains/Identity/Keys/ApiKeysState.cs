using Smcp.Wire;

namespace Smcp.Identity.Keys;

/// <summary>The ids of a tenant's keys, in their order.</summary>
[Wire("api-keys-state", 2)]
internal sealed record ApiKeysState
{
    public IReadOnlyList<string> KeyIds { get; init; } = [];

    /// <summary>
    /// When each of them ends, or ended; none for a key of which it was not asked yet.
    /// </summary>
    public IReadOnlyList<ApiKeyEnd> Ends { get; init; } = [];

    /// <summary>The first key of the operators, where this is the platform's tenant.</summary>
    public string? OperatorKeyId { get; init; }
}
