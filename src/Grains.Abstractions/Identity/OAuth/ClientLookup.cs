using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A client, or why there is none.</summary>
[Wire("oauth-client-lookup", 3)]
public sealed record ClientLookup
{
    public OAuthClient? Client { get; init; }

    /// <summary>For the client's developer: one sentence.</summary>
    public string? Problem { get; init; }

    public static ClientLookup Of(OAuthClient client) => new() { Client = client };

    public static ClientLookup Refused(string problem) => new() { Problem = problem };
}
