using Smcp.Wire;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>Every key in force: at most one is active.</summary>
[Wire("signing-keys-state", 1)]
internal sealed record SigningKeysState
{
    public IReadOnlyList<SigningKey> Keys { get; init; } = [];
}
