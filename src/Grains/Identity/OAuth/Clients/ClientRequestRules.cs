using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>What a client that administrators ask for must be, one rule after the other.</summary>
internal static class ClientRequestRules
{
    private const int ScopesMax = 16;
    private const int RolesMax = 32;
    private const int KeysMax = 8;
    private const int AddressLengthMax = 2_048;

    private static readonly Func<ClientRequest, ClientOptions, string?>[] Rules =
    [
        NameIsPlain,
        GrantTypesAreServed,
        CodesHaveAWay,
        RedirectUrisAreSafe,
        WhoActsForItselfProvesIt,
        ScopesAreKnown,
        RolesHaveAUse,
        KeysHaveAUse,
    ];

    /// <summary>Null, or why the client cannot be made.</summary>
    public static McpFault? Check(
        CallContext maker,
        TenantId tenant,
        TenantConfiguration configuration,
        ClientRequest request,
        ClientOptions options)
    {
        var wrong = Rules.Select(rule => rule(request, options)).FirstOrDefault(found => found is not null);
        return wrong is not null
            ? new McpFault(FaultReason.InvalidParams, wrong)
            : CheckRoles(maker, tenant, configuration, request.Roles);
    }

    /// <summary>What it is registered for; a client that does not say, by what it has.</summary>
    public static IReadOnlyList<string> GrantTypesOf(ClientRequest request) =>
        request.GrantTypes.Count > 0 ? [.. request.GrantTypes.Distinct()]
        : request.RedirectUris.Count > 0 ? [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken]
        : [GrantTypes.ClientCredentials];

    private static string? NameIsPlain(ClientRequest request, ClientOptions options) =>
        request.Name.Trim().Length > 0 && ClientNames.IsPlain(request.Name, options.NameLengthMax)
            ? null
            : $"A client has a name of 1 to {options.NameLengthMax} visible characters.";

    private static string? GrantTypesAreServed(ClientRequest request, ClientOptions options) =>
        GrantTypesOf(request).All(type =>
            type is GrantTypes.AuthorizationCode or GrantTypes.RefreshToken or GrantTypes.ClientCredentials)
            ? null
            : "grantTypes are authorization_code, refresh_token and client_credentials.";

    private static string? CodesHaveAWay(ClientRequest request, ClientOptions options) =>
        GrantTypesOf(request).Contains(GrantTypes.AuthorizationCode) == request.RedirectUris.Count > 0
        && request.RedirectUris.Count <= options.RedirectUrisMax
            ? null
            : $"A client has 1 to {options.RedirectUrisMax} redirectUris with authorization_code, and none without.";

    private static string? RedirectUrisAreSafe(ClientRequest request, ClientOptions options) =>
        request.RedirectUris.All(uri => RedirectUris.IsRegistrable(uri, options.RedirectSchemes))
            ? null
            : "Every redirect URI must be https, or http on loopback, without a fragment.";

    private static string? WhoActsForItselfProvesIt(ClientRequest request, ClientOptions options) =>
        request.Authentication == ClientAuthentication.None
        && GrantTypesOf(request).Contains(GrantTypes.ClientCredentials)
            ? "A client with client_credentials authenticates."
            : null;

    private static string? ScopesAreKnown(ClientRequest request, ClientOptions options) =>
        request.Scopes.Count <= ScopesMax
        && request.Scopes.All(scope => McpScopes.All.Contains(scope) || scope == McpScopes.OfflineAccess)
            ? null
            : $"scopes are {string.Join(", ", McpScopes.All)} and {McpScopes.OfflineAccess}.";

    /// <summary>Roles are what a client has of its own: it needs them to act for itself only.</summary>
    private static string? RolesHaveAUse(ClientRequest request, ClientOptions options) =>
        GrantTypesOf(request).Contains(GrantTypes.ClientCredentials) == request.Roles.Count > 0
        && request.Roles.Count <= RolesMax
            ? null
            : $"A client has 1 to {RolesMax} roles with client_credentials, and none without.";

    /// <summary>RFC 7591 section 2: keys or their address, and never both.</summary>
    private static string? KeysHaveAUse(ClientRequest request, ClientOptions options) => request switch
    {
        { Authentication: not ClientAuthentication.PrivateKeyJwt } =>
            request is { Keys.Count: 0, JwksUri: null } ? null : "Only a client with privateKeyJwt has keys.",
        { JwksUri: { } address } =>
            request.Keys.Count == 0
            && address.Length <= AddressLengthMax
            && ClientDocumentUrl.Parse(address) is not null
                ? null
                : "jwksUri is an https address with a path, of a client that has no keys beside it.",
        _ => request.Keys.Count is > 0 and <= KeysMax && request.Keys.All(ClientKeys.IsUsable)
            ? null
            : $"A client with privateKeyJwt has a jwksUri, or 1 to {KeysMax} public keys: RSA of 2048 bits and more, "
                + "or P-256.",
    };

    private static McpFault? CheckRoles(
        CallContext maker, TenantId tenant, TenantConfiguration configuration, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (RoleResolver.Find(tenant, configuration, name) is not { } role)
            {
                return new McpFault(FaultReason.InvalidParams, "The tenant has no such role.");
            }

            if (!AccessRules.MayGive(maker, role))
            {
                return new McpFault(FaultReason.Forbidden, "A client may not be given more than its maker may do.");
            }
        }

        return null;
    }
}
