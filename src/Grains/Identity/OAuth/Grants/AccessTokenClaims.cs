using System.Text.Json;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>The claims of an access token (RFC 9068 section 2.2), with its tenant (tid) and its grant (gid).</summary>
internal static class AccessTokenClaims
{
    public static ReadOnlyMemory<byte> Write(
        GrantKey key, GrantState grant, string issuer, IReadOnlyList<string> scopes, TokenTimes times)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("iss", issuer);
        json.WriteString("sub", grant.Principal.ToString());
        json.WriteString("aud", grant.Resource);
        json.WriteString("tid", key.Tenant.ToString());
        json.WriteString("client_id", grant.Client.ToString());
        json.WriteString("scope", string.Join(' ', scopes));
        json.WriteNumber("iat", times.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp", times.ExpiresAt.ToUnixTimeSeconds());
        json.WriteString("jti", times.Id);
        json.WriteString("gid", key.Grant.ToString());
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
