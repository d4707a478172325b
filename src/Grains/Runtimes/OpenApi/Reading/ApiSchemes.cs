using System.Text.Json;
using Smcp.Protocol;
using Smcp.Runtimes.Remote;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>The security schemes that the settings have credentials for.</summary>
internal sealed class ApiSchemes(ApiDocument document, ApiAddresses addresses)
{
    public const string Authorization = "Authorization";

    /// <exception cref="OpenApiException">
    /// The credential is none for that scheme, or there is no such scheme.
    /// </exception>
    public ApiScheme Read(OpenApiCredential credential)
    {
        if (document.Root.Member("components")?.Member("securitySchemes")?.Member(credential.Scheme) is not { } found)
        {
            throw new OpenApiException("is no security scheme of the document");
        }

        var scheme = document.Resolve(found);
        var read = scheme.TextOf("type") switch
        {
            "apiKey" => Key(scheme, credential),
            "http" => Http(scheme, credential),
            "oauth2" or "openIdConnect" => credential.ClientId is null
                ? new ApiScheme(ApiSchemeKind.Bearer, Authorization, credential)
                : Client(scheme, credential),
            _ => throw new OpenApiException(
                "is of a type that is not offered: apiKey, http, oauth2 and openIdConnect are"),
        };
        CheckSecrets(read);
        return read;
    }

    /// <summary>
    /// What an operation's security asks for: the first of its alternatives that there are credentials for. Null where
    /// there is none.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="known">The schemes that there are credentials for.</param>
    public IReadOnlyList<ApiScheme>? Choose(
        JsonElement operation, IReadOnlyDictionary<string, ApiScheme> known)
    {
        if ((operation.Member("security") ?? document.Root.Member("security"))
            is not { ValueKind: JsonValueKind.Array } security)
        {
            return [];
        }

        var isOpen = security.GetArrayLength() == 0;
        document.Visit(security);
        foreach (var alternative in security.EnumerateArray())
        {
            document.Visit(alternative);
            var names = alternative.Members().Select(scheme => scheme.Name).ToList();
            isOpen |= names.Count == 0;
            if (names.Count > 0 && names.All(known.ContainsKey))
            {
                return [.. names.Select(name => known[name])];
            }
        }

        return isOpen ? [] : null;
    }

    /// <summary>The schemes of the first alternative, to be told.</summary>
    public string Wanted(JsonElement operation) => string.Join(
        " and ",
        (operation.Member("security") ?? document.Root.Member("security"))!.Value.EnumerateArray()
            .First().Members().Select(scheme => $"/openapi/auth/{ClientText.Clip(scheme.Name)}"));

    private static ApiScheme Key(JsonElement scheme, OpenApiCredential credential)
    {
        var name = scheme.TextOf("name") ?? string.Empty;
        return scheme.TextOf("in") switch
        {
            "header" when SecretHeaders.Problem([name]) is null => new(ApiSchemeKind.Header, name, credential),
            "query" when name.Length > 0 => new(ApiSchemeKind.Query, name, credential),
            "cookie" when ApiParameter.IsCookie(name) => new(ApiSchemeKind.Cookie, name, credential),
            _ => throw new OpenApiException("is a key that stands in no header, query or cookie that can be set"),
        };
    }

    private static ApiScheme Http(JsonElement scheme, OpenApiCredential credential) =>
        scheme.TextOf("scheme")?.ToLowerInvariant() switch
        {
            "bearer" => new(ApiSchemeKind.Bearer, Authorization, credential),
            "basic" => new(ApiSchemeKind.Basic, Authorization, credential),
            _ => throw new OpenApiException("is an HTTP scheme that is not offered: basic and bearer are"),
        };

    private ApiScheme Client(JsonElement scheme, OpenApiCredential credential)
    {
        var said = scheme.Member("flows")?.Member("clientCredentials")?.TextOf("tokenUrl");
        return (credential.TokenUrl ?? said) is not { } url
            ? throw new OpenApiException("has no flow clientCredentials: set its tokenUrl, or leave the clientId out")
            : new(ApiSchemeKind.ClientCredentials, Authorization, credential)
            {
                TokenUrl = addresses.Token(url, isGiven: credential.TokenUrl is not null),
            };
    }

    private static void CheckSecrets(ApiScheme scheme)
    {
        var credential = scheme.Credential;
        var isBasic = scheme.Kind == ApiSchemeKind.Basic;
        var isClient = scheme.Kind == ApiSchemeKind.ClientCredentials;
        var isWhole = isBasic
            ? credential.User is null != credential.UserSecret is null
            : credential.Secret is not null && credential.User is null && credential.UserSecret is null;
        var isMore = !isClient && (credential.ClientId is not null || credential.TokenUrl is not null
            || credential.Scopes.Count > 0 || credential.PostsSecret);
        if (!isWhole || isMore)
        {
            throw new OpenApiException(scheme.Kind switch
            {
                ApiSchemeKind.Basic => "takes user or userSecret, and secret for the password",
                ApiSchemeKind.ClientCredentials =>
                    "takes clientId and secret, and maybe tokenUrl, scopes and clientAuthentication",
                _ => "takes secret alone",
            });
        }
    }
}
