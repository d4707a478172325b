using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.OAuth.AccessTokens;

/// <summary>
/// Reads the header of an access token. We are the only issuer, so it is exactly what we write: one algorithm, one type
/// and a key id (RFC 8725 sections 3.1 and 3.11). A header that names a key of its own, or anything else, is none.
/// </summary>
internal static class JwsHeader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    /// <summary>The key id; null if the header is not one of ours.</summary>
    public static string? KeyIdOf(ReadOnlyMemory<byte> header)
    {
        using var document = ForeignJson.Parse(header, Strict);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } json
            && json.GetPropertyCount() == 3
            && json.Text("alg") == "ES256"
            && json.Text("typ") == "at+jwt"
            ? json.Text("kid")
            : null;
    }
}
