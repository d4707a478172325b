using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>A person goes to connect.</summary>
[Wire("connection-start", 1)]
public sealed record ConnectionStart
{
    /// <summary>Where the authorization server sends the browser back.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>Where our client document is; null where we can have none (it must be https).</summary>
    public string? Document { get; init; }

    /// <summary>Unguessable, and sent through the authorization server: names the attempt.</summary>
    public required string State { get; init; }

    /// <summary>The secret of the browser: it must be the one that comes back.</summary>
    public required string Browser { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(ConnectionStart);
}
