using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smcp.Identity;

/// <summary>
/// A digest as an object of key and digest. One without a key is the text that rows had before: so such a row is read,
/// and whatever is not replaced in it stays as it was.
/// </summary>
internal sealed class SecretDigestConverter : JsonConverter<SecretDigest>
{
    private const string KeyId = "keyId";
    private const string Digest = "digest";

    /// <inheritdoc/>
    public override SecretDigest? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var hash = reader.GetBytesFromBase64();
            return hash.Length == 0 ? null : new SecretDigest(null, hash);
        }

        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty(Digest, out var digest)
            ? new SecretDigest(
                json.RootElement.TryGetProperty(KeyId, out var id) ? id.GetInt32() : 0, digest.GetBytesFromBase64())
            : throw new JsonException("Not a digest of a secret.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SecretDigest value, JsonSerializerOptions options)
    {
        if (value.KeyId is not { } id)
        {
            writer.WriteBase64StringValue(value.Digest.Span);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber(KeyId, id);
        writer.WriteBase64String(Digest, value.Digest.Span);
        writer.WriteEndObject();
    }
}
