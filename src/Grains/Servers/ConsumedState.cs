using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A used state's number, and until when it must be remembered.</summary>
[Wire("consumed-state", 1)]
internal sealed record ConsumedState(string Nonce, DateTimeOffset ExpiresAt);
