using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>
/// Finds who gives tokens for a server, as MCP asks: by the server's challenge, else by its resource metadata
/// (RFC 9728), then by the authorization server's own (RFC 8414, OpenID Connect Discovery). Servers of 2025-03-26 have
/// no resource metadata: there the server's origin is asked.
/// </summary>
internal sealed class OAuthDiscovery(OAuthHttp http)
{
    private const string OfflineAccess = "offline_access";

    /// <param name="server">The server.</param>
    /// <param name="terms">Where it is, and how its tenant wants it done.</param>
    /// <param name="challenge">What the server said last, if it said anything.</param>
    /// <param name="held">The scopes that are held already: asking for more never asks for less.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Discovery> FindAsync(
        ServerKey server,
        ConnectionTerms terms,
        TokenChallenge? challenge,
        IReadOnlyList<string> held,
        CancellationToken cancellationToken)
    {
        if (http.Address(terms.Endpoint) is not { } endpoint)
        {
            return Discovery.Failed("The server's address must be https.");
        }

        var resource = await ResourceAsync(server, endpoint, challenge, cancellationToken);
        if (resource is not null && !resource.Covers(endpoint))
        {
            return Discovery.Failed("The server's metadata is of another server.");
        }

        var (metadata, problem) = resource is null
            ? await OfOriginAsync(server, endpoint, terms.Auth.Issuer, cancellationToken)
            : await OfResourceAsync(server, resource, terms.Auth.Issuer, cancellationToken);
        return metadata is null
            ? Discovery.Failed(problem!)
            : new Discovery
            {
                Issuer = metadata,
                Resource = resource?.Resource ?? terms.Endpoint,
                Scopes = ScopesOf(terms, challenge, resource, metadata, held),
            };
    }

    private async Task<ResourceMetadata?> ResourceAsync(
        ServerKey server, Uri endpoint, TokenChallenge? challenge, CancellationToken cancellationToken)
    {
        var named = challenge?.ResourceMetadata is { } location ? [location] : Array.Empty<string>();
        foreach (var place in named.Concat(ResourceMetadata.LocationsOf(endpoint)))
        {
            if (http.Address(place) is { } address
                && await http.GetAsync(server, address, cancellationToken) is { } json
                && ResourceMetadata.Read(json) is { } metadata)
            {
                return metadata;
            }
        }

        return null;
    }

    private async Task<(IssuerMetadata? Metadata, string? Problem)> OfResourceAsync(
        ServerKey server, ResourceMetadata resource, string? wanted, CancellationToken cancellationToken)
    {
        if (resource.Issuers.Count == 0)
        {
            return (null, "The server names no authorization server.");
        }

        if (wanted is not null && !resource.Issuers.Contains(wanted))
        {
            return (null, "The server does not name the authorization server that its settings say.");
        }

        var issuer = wanted ?? resource.Issuers[0];
        return http.Address(issuer) is not { } address
            ? (null, "The server's authorization server has no address that may be asked.")
            : (await ReadAsync(server, address, issuer, cancellationToken),
                $"The authorization server {ClientText.Clip(issuer)} does not say who it is, or that it is another.");
    }

    private async Task<(IssuerMetadata? Metadata, string? Problem)> OfOriginAsync(
        ServerKey server, Uri endpoint, string? wanted, CancellationToken cancellationToken)
    {
        var origin = endpoint.GetLeftPart(UriPartial.Authority);
        var issuer = wanted ?? origin;
        if (issuer.TrimEnd('/') != origin)
        {
            return (null, "The server does not name the authorization server that its settings say.");
        }

        foreach (var place in IssuerMetadata.LocationsOf(new Uri(origin)))
        {
            if (await http.GetAsync(server, new Uri(place), cancellationToken) is { } json)
            {
                var said = json.Text("issuer") is { } text && text.TrimEnd('/') == origin ? text : origin;
                return (IssuerMetadata.Read(json, said, http.Address),
                    "The server's authorization server says that it is another.");
            }
        }

        return (IssuerMetadata.Silent(origin), null);
    }

    private async Task<IssuerMetadata?> ReadAsync(
        ServerKey server, Uri address, string issuer, CancellationToken cancellationToken)
    {
        foreach (var place in IssuerMetadata.LocationsOf(address))
        {
            if (await http.GetAsync(server, new Uri(place), cancellationToken) is { } json)
            {
                return IssuerMetadata.Read(json, issuer, http.Address);
            }
        }

        return null;
    }

    /// <summary>
    /// What the tenant says; else what the challenge says, else what the server takes (MCP authorization, scope
    /// selection). With what is held: a step up is one (2026-07-28, scope challenge handling).
    /// </summary>
    private static IReadOnlyList<string> ScopesOf(
        ConnectionTerms terms,
        TokenChallenge? challenge,
        ResourceMetadata? resource,
        IssuerMetadata issuer,
        IReadOnlyList<string> held)
    {
        var challenged = JsonTexts.Scopes(challenge?.Scope);
        var first = terms.Auth.Scopes.Count > 0 ? terms.Auth.Scopes
            : challenged.Count > 0 ? challenged
            : resource?.Scopes ?? [];
        var stepUp = challenge is { IsAboutScope: true } ? challenged : [];
        var stays = first.Count > 0 && terms.Auth.Kind != RemoteAuthKind.Client
            && issuer.Scopes.Contains(OfflineAccess)
            ? new[] { OfflineAccess }
            : [];
        return [.. held.Concat(first).Concat(stepUp).Concat(stays).Where(JsonTexts.IsScope).Distinct()];
    }
}
