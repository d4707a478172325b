using Smcp.Wire;

namespace Smcp.Identity.Keys;

/// <summary>When a key ends by itself, or when it ended.</summary>
[Wire("api-key-end", 1)]
internal sealed record ApiKeyEnd(string KeyId, DateTimeOffset At);
