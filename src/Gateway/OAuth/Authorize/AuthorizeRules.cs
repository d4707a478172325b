using System.Buffers.Text;
using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// What an authorization request must be, one rule after the other. Until client and redirect URI are known to belong
/// together, nobody is sent anywhere: those errors are pages (OAuth 2.1 section 4.1.2.1). All later ones are sent to
/// the client.
/// </summary>
internal static class AuthorizeRules
{
    private const int StateLengthMax = 4096;
    private const int ChallengeLength = 43;

    /// <summary>Of whom and to where: errors are pages.</summary>
    public static IReadOnlyList<Func<AuthorizeFacts, AuthorizeRefusal?>> Shown { get; } =
    [
        ClientAndRedirectUriComeOnce,
        ClientIsNamed,
        ClientIsKnown,
        RedirectUriIsNamed,
        RedirectUriIsTheClients,
    ];

    /// <summary>What for: errors go to the client.</summary>
    public static IReadOnlyList<Func<AuthorizeFacts, AuthorizeRefusal?>> Sent { get; } =
    [
        ParametersComeOnce,
        StateIsBounded,
        NoRequestObject,
        ResponseTypeIsCode,
        ResponseModeIsQuery,
        ChallengeMethodIsS256,
        ChallengeIsWellFormed,
        ClientMayAskForCodes,
        ScopesAreKnown,
        ResourceComesOnce,
        ResourceIsOurs,
        ClientMayActInTheTenant,
    ];

    /// <summary>The first rule that is broken; null when all hold.</summary>
    public static AuthorizeRefusal? Check(
        IReadOnlyList<Func<AuthorizeFacts, AuthorizeRefusal?>> rules, AuthorizeFacts facts) =>
        rules.Select(rule => rule(facts)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>The scopes of a request that there are; none named: those that a client is expected to want.</summary>
    public static IReadOnlyList<string> ScopesOf(AuthorizeQuery query, OAuthClient client)
    {
        var asked = query[AuthorizeQuery.Scope]?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ?? (client.Scopes.Count > 0
                ? client.Scopes
                : [McpScopes.Read, McpScopes.Tools, McpScopes.OfflineAccess]);
        return
        [
            .. McpScopes.All.Append(McpScopes.OfflineAccess)
                .Where(scope => asked.Contains(scope) && MayAskFor(client, scope)),
        ];
    }

    /// <summary>Whether this is a redirect URI of the client: the same text, but for a loopback port.</summary>
    public static bool IsRedirectUriOf(OAuthClient client, string? uri) =>
        uri is not null && client.RedirectUris.Any(registered => RedirectUris.Match(registered, uri));

    private static AuthorizeRefusal? ClientAndRedirectUriComeOnce(AuthorizeFacts facts) =>
        facts.Query.CountOf(AuthorizeQuery.ClientId) > 1 || facts.Query.CountOf(AuthorizeQuery.RedirectUri) > 1
            ? Invalid("The app named itself, or its address, more than once.")
            : null;

    private static AuthorizeRefusal? ClientIsNamed(AuthorizeFacts facts) =>
        ClientId.TryParse(facts.Query[AuthorizeQuery.ClientId], null, out _)
            ? null
            : Invalid("The app did not say who it is (client_id).");

    private static AuthorizeRefusal? ClientIsKnown(AuthorizeFacts facts) => facts.Client.Client is null
        ? new AuthorizeRefusal("invalid_client", facts.Client.Problem ?? "The app is not known here (client_id).")
        : null;

    private static AuthorizeRefusal? RedirectUriIsNamed(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.RedirectUri] is null
            ? Invalid("The app did not say where to send you back (redirect_uri).")
            : null;

    private static AuthorizeRefusal? RedirectUriIsTheClients(AuthorizeFacts facts) =>
        IsRedirectUriOf(facts.Client.Client!, facts.Query[AuthorizeQuery.RedirectUri])
            ? null
            : Invalid("The app asked to send you to an address that is not registered for it (redirect_uri).");

    private static AuthorizeRefusal? ParametersComeOnce(AuthorizeFacts facts) =>
        facts.Query.HasDuplicates(AuthorizeQuery.Resource) ? Invalid("A parameter came more than once.") : null;

    private static AuthorizeRefusal? StateIsBounded(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.State] is { Length: > StateLengthMax } ? Invalid("The state is too long.") : null;

    private static AuthorizeRefusal? NoRequestObject(AuthorizeFacts facts) =>
        facts.Query.CountOf(AuthorizeQuery.RequestObject) > 0
            ? new AuthorizeRefusal(AuthorizeErrors.RequestNotSupported, "Request objects are not supported.")
            : facts.Query.CountOf(AuthorizeQuery.RequestUri) > 0
                ? new AuthorizeRefusal(AuthorizeErrors.RequestUriNotSupported, "Request URIs are not supported.")
                : null;

    private static AuthorizeRefusal? ResponseTypeIsCode(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.ResponseType] switch
        {
            "code" => null,
            null => Invalid("The response_type is missing."),
            _ => new AuthorizeRefusal(AuthorizeErrors.UnsupportedResponseType, "The only response_type is code."),
        };

    private static AuthorizeRefusal? ResponseModeIsQuery(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.ResponseMode] is null or "query"
            ? null
            : Invalid("The only response_mode is query.");

    /// <summary>An absent method means plain (RFC 7636 section 4.3), which protects nobody.</summary>
    private static AuthorizeRefusal? ChallengeMethodIsS256(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.CodeChallengeMethod] == "S256"
            ? null
            : Invalid("PKCE is required, with code_challenge_method=S256.");

    private static AuthorizeRefusal? ChallengeIsWellFormed(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.CodeChallenge] is { Length: ChallengeLength } challenge
        && Base64Url.IsValid(challenge)
            ? null
            : Invalid("The code_challenge is not a SHA-256 in base64url: 43 characters.");

    private static AuthorizeRefusal? ClientMayAskForCodes(AuthorizeFacts facts) =>
        facts.Client.Client!.GrantTypes.Contains(GrantTypes.AuthorizationCode)
            ? null
            : new AuthorizeRefusal(
                AuthorizeErrors.UnauthorizedClient, "The client is not registered for authorization codes.");

    private static AuthorizeRefusal? ScopesAreKnown(AuthorizeFacts facts) =>
        ScopesOf(facts.Query, facts.Client.Client!).Any(scope => scope != McpScopes.OfflineAccess)
            ? null
            : new AuthorizeRefusal(AuthorizeErrors.InvalidScope, "None of the scopes can be granted to the client.");

    private static AuthorizeRefusal? ResourceComesOnce(AuthorizeFacts facts) =>
        facts.Query.CountOf(AuthorizeQuery.Resource) > 1
            ? new AuthorizeRefusal(AuthorizeErrors.InvalidTarget, "A token is for one resource only.")
            : null;

    private static AuthorizeRefusal? ResourceIsOurs(AuthorizeFacts facts) =>
        facts.Query[AuthorizeQuery.Resource] is { } resource
        && !ResourceUris.NamesNoOne(resource, facts.BaseUrl)
        && ResourceUris.Read(resource, facts.BaseUrl) is null
            ? new AuthorizeRefusal(AuthorizeErrors.InvalidTarget, "The resource is not one of this server.")
            : null;

    private static AuthorizeRefusal? ClientMayActInTheTenant(AuthorizeFacts facts) =>
        facts.Client.Client!.Tenant is { } own
        && facts.Query[AuthorizeQuery.Resource] is { } resource
        && ResourceUris.Read(resource, facts.BaseUrl)?.Tenant is { } asked
        && own != asked
            ? new AuthorizeRefusal(AuthorizeErrors.UnauthorizedClient, "The client may not act in this tenant.")
            : null;

    /// <summary>
    /// What a client says of itself does not bound it: one that began with little asks for more by a challenge
    /// (2026-07-28 authorization, "Step-Up Authorization Flow"), and its user decides.
    /// </summary>
    private static bool MayAskFor(OAuthClient client, string scope) =>
        client.Source != ClientSource.Tenant
        || client.Scopes.Count == 0
        || client.Scopes.Contains(scope)
        || (scope != McpScopes.OfflineAccess && McpScopes.Cover(client.Scopes, scope));

    private static AuthorizeRefusal Invalid(string description) =>
        new(AuthorizeErrors.InvalidRequest, description);
}
