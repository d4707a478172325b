using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Smcp.OAuth;

/// <summary>Takes access tokens apart, as an attacker would.</summary>
internal static class AccessTokenText
{
    public static JsonObject ClaimsOf(string token) => PartOf(token, 1);

    public static JsonObject HeaderOf(string token) => PartOf(token, 0);

    public static string Encode(JsonObject part) =>
        Base64Url.EncodeToString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(part));

    private static JsonObject PartOf(string token, int at) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[at]))!.AsObject();
}
