using System.Net;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Connections;

/// <summary>What an authorization server answered; null JSON where it was none, or nothing came.</summary>
/// <param name="Status">The status; 0 where no answer came.</param>
/// <param name="Json">The object of the body.</param>
internal readonly record struct OAuthReply(HttpStatusCode Status, JsonElement? Json)
{
    /// <summary>Nothing came, in time or at all: nobody knows why.</summary>
    public static OAuthReply None => default;

    public bool IsSuccess => (int)Status is >= 200 and <= 299 && Json is not null;

    /// <summary>The error code (RFC 6749 section 5.2); null where it said none.</summary>
    public string? Error => IsSuccess ? null : Json?.Text("error");
}
