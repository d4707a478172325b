namespace Smcp.Identity.OAuth.Clients;

/// <summary>Makes clients of metadata that passed the rules.</summary>
internal static class Clients
{
    public static OAuthClient Of(
        ClientId id,
        ClientSource source,
        ClientAuthentication authentication,
        ClientMetadata metadata,
        DateTimeOffset now) => new()
        {
            Id = id,
            Source = source,
            Name = metadata.Name?.Trim(),
            RedirectUris = metadata.RedirectUris!,
            GrantTypes = GrantTypesOf(metadata),
            Authentication = authentication,
            Scopes = [.. metadata.Scopes.Where(McpScopes.All.Contains)],
            ClientUri = metadata.ClientUri,
            LogoUri = metadata.LogoUri,
            RegisteredAt = now,
        };

    /// <summary>A client that says nothing gets both; nobody who registered itself acts for itself.</summary>
    private static IReadOnlyList<string> GrantTypesOf(ClientMetadata metadata) =>
        metadata.GrantTypes?.Contains(GrantTypes.RefreshToken) ?? true
            ? [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken]
            : [GrantTypes.AuthorizationCode];
}
