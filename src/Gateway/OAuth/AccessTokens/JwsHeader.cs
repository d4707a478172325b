using System.Text.Json;

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
        try
        {
            using var document = JsonDocument.Parse(header, Strict);
            var json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object
                && json.GetPropertyCount() == 3
                && Is(json, "alg", "ES256")
                && Is(json, "typ", "at+jwt")
                && json.TryGetProperty("kid", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Is(JsonElement json, string name, string value) =>
        json.TryGetProperty(name, out var element)
        && element.ValueKind == JsonValueKind.String
        && element.GetString() == value;
}
