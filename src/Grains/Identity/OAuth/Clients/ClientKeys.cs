using System.Text.Json;
using Smcp.Identity.Jose;
using Smcp.Wire;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Reads the keys that clients are registered with.</summary>
internal static class ClientKeys
{
    /// <summary>The key; null for one that cannot verify an assertion.</summary>
    public static VerificationKey? Read(ClientJwk key) =>
        VerificationKey.Read(JsonSerializer.SerializeToElement(key, WireJson.Options));

    /// <summary>Whether it is a key, and not just members of the right length.</summary>
    public static bool IsUsable(ClientJwk jwk) => Read(jwk) is not null;
}
