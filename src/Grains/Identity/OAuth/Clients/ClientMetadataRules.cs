namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// What a client's metadata must be, in order (RFC 7591 section 2, OAuth Client ID Metadata Document section 4). The
/// same for a client that registers itself and for one that is a document, but for what each alone must say.
/// </summary>
internal static class ClientMetadataRules
{
    private delegate ClientProblem? MetadataRule(ClientMetadata metadata, ClientOptions options);

    private static readonly MetadataRule[] Common =
    [
        FieldsAreWellFormed,
        RedirectUrisAreGiven,
        RedirectUrisAreSafe,
        GrantTypesAreServed,
        ResponseTypesAreServed,
        NoSecretIsGiven,
        NoPrivateKeyIsGiven,
        PagesAreOfTheWeb,
        NameIsPlain,
    ];

    private static readonly MetadataRule[] Registered = [.. Common, AuthenticationIsServed];

    private static readonly MetadataRule[] Document = [.. Common, AuthenticationIsNone, NameIsGiven];

    /// <summary>What is wrong with a registration; null if nothing.</summary>
    public static ClientProblem? CheckRegistration(ClientMetadata metadata, ClientOptions options) =>
        Check(Registered, metadata, options);

    /// <summary>What is wrong with the document at that URL; null if nothing.</summary>
    public static ClientProblem? CheckDocument(ClientMetadata metadata, ClientId url, ClientOptions options) =>
        string.Equals(metadata.ClientId, url.ToString(), StringComparison.Ordinal)
            ? Check(Document, metadata, options)
            : Problem("client_id is not the URL of the document.");

    private static ClientProblem? Check(MetadataRule[] rules, ClientMetadata metadata, ClientOptions options)
    {
        foreach (var rule in rules)
        {
            if (rule(metadata, options) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static ClientProblem? FieldsAreWellFormed(ClientMetadata metadata, ClientOptions options) =>
        metadata.IsMalformed ? Problem("A field has the wrong type.") : null;

    private static ClientProblem? RedirectUrisAreGiven(ClientMetadata metadata, ClientOptions options) =>
        metadata.RedirectUris is { Count: > 0 } uris && uris.Count <= options.RedirectUrisMax
            ? null
            : RedirectProblem($"redirect_uris must hold 1 to {options.RedirectUrisMax} URIs.");

    private static ClientProblem? RedirectUrisAreSafe(ClientMetadata metadata, ClientOptions options) =>
        metadata.RedirectUris!.All(uri => RedirectUris.IsRegistrable(uri, options.RedirectSchemes))
            ? null
            : RedirectProblem("Every redirect URI must be https, or http on loopback, without a fragment.");

    private static ClientProblem? GrantTypesAreServed(ClientMetadata metadata, ClientOptions options) =>
        metadata.GrantTypes?.Contains(GrantTypes.AuthorizationCode) ?? true
            ? null
            : Problem("grant_types must hold authorization_code.");

    private static ClientProblem? ResponseTypesAreServed(ClientMetadata metadata, ClientOptions options) =>
        metadata.ResponseTypes?.Contains("code") ?? true ? null : Problem("response_types must hold code.");

    private static ClientProblem? NoSecretIsGiven(ClientMetadata metadata, ClientOptions options) =>
        metadata.HasSecret ? Problem("A client does not choose its client_secret.") : null;

    private static ClientProblem? NoPrivateKeyIsGiven(ClientMetadata metadata, ClientOptions options) =>
        metadata.HasPrivateKey ? Problem("jwks holds a private key.") : null;

    private static ClientProblem? PagesAreOfTheWeb(ClientMetadata metadata, ClientOptions options) =>
        new[] { metadata.ClientUri, metadata.LogoUri }.OfType<string>().Concat(metadata.Pages).All(IsPage)
            ? null
            : Problem("client_uri, logo_uri, policy_uri and tos_uri must be https or http.");

    private static ClientProblem? NameIsPlain(ClientMetadata metadata, ClientOptions options) =>
        metadata.Name is null
        || ClientNames.IsPlain(metadata.Name, options.NameLengthMax)
            ? null
            : Problem($"client_name must be at most {options.NameLengthMax} visible characters.");

    private static ClientProblem? AuthenticationIsServed(ClientMetadata metadata, ClientOptions options) =>
        ClientAuthentications.Parse(metadata.Authentication) is not null
            ? null
            : Problem("token_endpoint_auth_method must be none, client_secret_basic or client_secret_post.");

    /// <summary>Everybody can read a document, so it can share no secret with us.</summary>
    private static ClientProblem? AuthenticationIsNone(ClientMetadata metadata, ClientOptions options) =>
        metadata.Authentication is null or "none" ? null : Problem("token_endpoint_auth_method must be none.");

    private static ClientProblem? NameIsGiven(ClientMetadata metadata, ClientOptions options) =>
        string.IsNullOrWhiteSpace(metadata.Name) ? Problem("client_name is missing.") : null;

    private static bool IsPage(string uri) =>
        uri.Length <= 2048
        && Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp);

    private static ClientProblem Problem(string text) => new(ClientRefusal.InvalidMetadata, text);

    private static ClientProblem RedirectProblem(string text) => new(ClientRefusal.InvalidRedirectUri, text);
}
