using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// What a client says of itself (RFC 7591 section 2), as far as we look at it; what we do not know is ignored. A field
/// of the wrong type is one that is not there, and says so by <see cref="IsMalformed"/>.
/// </summary>
internal sealed record ClientMetadata
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private static readonly string[] PrivateKeyFields = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"];

    public string? ClientId { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? RedirectUris { get; init; }

    public IReadOnlyList<string>? GrantTypes { get; init; }

    public IReadOnlyList<string>? ResponseTypes { get; init; }

    public string? Authentication { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? ClientUri { get; init; }

    public string? LogoUri { get; init; }

    /// <summary>The other pages that it names.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    public bool HasSecret { get; init; }

    public bool HasPrivateKey { get; init; }

    public bool IsMalformed { get; init; }

    /// <summary>The metadata of that JSON; null if it is no JSON object.</summary>
    public static ClientMetadata? Read(ReadOnlyMemory<byte> json)
    {
        using var document = ForeignJson.Parse(json, Strict);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root ? Of(root) : null;
    }

    private static ClientMetadata Of(JsonElement json)
    {
        var reader = new FieldReader(json);
        var metadata = new ClientMetadata
        {
            ClientId = reader.Text("client_id"),
            Name = reader.Text("client_name"),
            RedirectUris = reader.Texts("redirect_uris"),
            GrantTypes = reader.Texts("grant_types"),
            ResponseTypes = reader.Texts("response_types"),
            Authentication = reader.Text("token_endpoint_auth_method"),
            Scopes = reader.Text("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            ClientUri = reader.Text("client_uri"),
            LogoUri = reader.Text("logo_uri"),
            Pages = [.. new[] { reader.Text("policy_uri"), reader.Text("tos_uri") }.OfType<string>()],
            HasSecret = json.TryGetProperty("client_secret", out _),
            HasPrivateKey = json.TryGetProperty("jwks", out var jwks) && HoldsPrivateKey(jwks),
        };
        return metadata with { IsMalformed = reader.IsMalformed };
    }

    private static bool HoldsPrivateKey(JsonElement jwks) =>
        jwks.ValueKind == JsonValueKind.Object
        && jwks.TryGetProperty("keys", out var keys)
        && keys.ValueKind == JsonValueKind.Array
        && keys.EnumerateArray().Any(key => key.ValueKind == JsonValueKind.Object
            && PrivateKeyFields.Any(field => key.TryGetProperty(field, out _)));
}
