using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>
/// JSON in one form: members in ordinal order, no spaces. So that what says the same is the same bytes; numbers stay as
/// they were written.
/// </summary>
internal static class CanonicalJson
{
    public static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        _ => node?.DeepClone(),
    };

    public static byte[] Write(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    public static string HashOf(ReadOnlySpan<byte> canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(canonical));
}
