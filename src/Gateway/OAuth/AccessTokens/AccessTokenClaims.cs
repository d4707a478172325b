using System.Text.Json;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Protocol;

namespace Smcp.OAuth.AccessTokens;

/// <summary>The claims of an access token (RFC 9068 section 2.2), each present and of its type.</summary>
internal sealed record AccessTokenClaims
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    public required string Issuer { get; init; }

    public required PrincipalId Subject { get; init; }

    /// <summary>One: a token for several resources is none of ours.</summary>
    public required string Audience { get; init; }

    public required ClientId Client { get; init; }

    public required GrantKey Grant { get; init; }

    public required string Id { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it begins, where it says so.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The claims; null if one is missing, repeated or of the wrong type.</summary>
    public static AccessTokenClaims? Read(ReadOnlyMemory<byte> payload)
    {
        using var document = ForeignJson.Parse(payload, Strict);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } json
            && json.Text("iss") is { } issuer
            && PrincipalId.TryParse(json.Text("sub"), null, out var subject)
            && json.Text("aud") is { } audience
            && ClientId.TryParse(json.Text("client_id"), null, out var client)
            && TenantId.TryParse(json.Text("tid"), null, out var tenant)
            && GrantId.TryParse(json.Text("gid"), null, out var grant)
            && json.Text("jti") is { } id
            && json.Text("scope") is { } scope
            && Time(json, "iat") is { } issuedAt
            && Time(json, "exp") is { } expiresAt
            && (!json.TryGetProperty("nbf", out _) || Time(json, "nbf") is not null)
            ? new AccessTokenClaims
            {
                Issuer = issuer,
                Subject = subject,
                Audience = audience,
                Client = client,
                Grant = new GrantKey(tenant, grant),
                Id = id,
                Scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                IssuedAt = issuedAt,
                ExpiresAt = expiresAt,
                NotBefore = Time(json, "nbf"),
            }
            : null;
    }

    private static DateTimeOffset? Time(JsonElement json, string name)
    {
        const long secondsMax = 253_402_300_799;
        return json.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= secondsMax
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }
}
