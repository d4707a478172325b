using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>Who we are to one authorization server, and to no other.</summary>
[Wire("connection-client", 1)]
public sealed record ConnectionClient
{
    public required string Issuer { get; init; }

    public required string Id { get; init; }

    /// <summary>Null for a public client.</summary>
    public string? Secret { get; init; }

    /// <summary>How it is proven (RFC 7591 <c>token_endpoint_auth_method</c>).</summary>
    public required string AuthMethod { get; init; }

    /// <summary>Where we said that browsers come back; null where we did not say.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>When the secret ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(ConnectionClient)} {Id}";
}
