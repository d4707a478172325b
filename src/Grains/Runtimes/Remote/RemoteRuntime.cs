using Smcp.Connections;
using Smcp.Identity;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// A server elsewhere: conversations over Streamable HTTP with the address and the credentials that its tenant gave.
/// What a client showed us never leaves.
/// </summary>
internal static partial class RemoteRuntime
{
    /// <exception cref="InvalidOperationException">The settings are none that may be used.</exception>
    public static IServerRuntime Create(
        RuntimeStart start, RemoteRuntimeOptions options, HttpMessageInvoker http, RemoteTerms terms)
    {
        var settings = SettingsOf(start.Definition);
        var headers = SecretHeaders.Of(settings, start.Data.Secrets);
        var target = new HttpLinkTarget(EndpointOf(settings, options.RequireTls), http, headers);
        var links = new RemoteLinks(target, terms, TokensOf(start, settings, headers, terms));
        return new UpstreamRuntime(terms.For(links));
    }

    /// <summary>Whose tokens a principal's conversation shows; null where the server asks for none.</summary>
    private static Func<PrincipalId, IHttpCredentials>? TokensOf(
        RuntimeStart start, RemoteSettings settings, SecretHeaders? headers, RemoteTerms terms)
    {
        if (settings.Auth is not { } auth)
        {
            return null;
        }

        var asked = new ConnectionTerms { Endpoint = settings.Url, Auth = auth };
        return principal => new OAuthCredentials(
            terms.Access,
            new ConnectionKey(
                start.Instance.Tenant,
                start.Instance.Server,
                auth.Kind == RemoteAuthKind.User ? principal : null),
            asked,
            headers);
    }

    private static RemoteSettings SettingsOf(ServerDefinition definition) => definition.Deployed?.Settings.Remote
        ?? throw new InvalidOperationException("The server has no settings of a server elsewhere.");

    private static Uri EndpointOf(RemoteSettings settings, bool requireTls)
    {
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("https" or "http") || endpoint.UserInfo.Length > 0)
        {
            throw new InvalidOperationException("The server's address is no http or https URL.");
        }

        return endpoint.Scheme == "https" || !requireTls
            ? endpoint
            : throw new InvalidOperationException("The server's address must be https.");
    }
}
