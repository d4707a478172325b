using Smcp.Engine;
using Smcp.Security.Secrets;

namespace Smcp.Connections;

/// <summary>
/// Who we are to authorization servers, in the order that MCP says: as our tenant registered us, by our document, or
/// as we register ourselves.
/// </summary>
internal sealed class ConnectionClients(IGrainLocator grains, ConnectionKey key)
{
    /// <summary>The server's connections.</summary>
    public IConnectionsGrain List => grains.Locate<IConnectionsGrain>(key.ServerKey.ToString());

    /// <summary>Null where we are nobody there.</summary>
    public async ValueTask<ConnectionClient?> FindAsync(
        ConnectionTerms terms, IssuerMetadata issuer, ConnectionStart start, CancellationToken cancellationToken)
    {
        if (terms.Auth.ClientId is not null)
        {
            return await ConfiguredAsync(terms, issuer, cancellationToken);
        }

        if (issuer.TakesDocuments && start.Document is { } document)
        {
            return new ConnectionClient { Issuer = issuer.Issuer, Id = document, AuthMethod = AuthMethods.None };
        }

        return issuer.Registration is not { } endpoint
            ? null
            : await List.RegisterAsync(
                new ClientRegistration
                {
                    Issuer = issuer.Issuer,
                    Endpoint = endpoint.OriginalString,
                    RedirectUri = start.RedirectUri,
                    AuthMethod = AuthMethods.Best(issuer.AuthMethods),
                },
                cancellationToken);
    }

    /// <summary>As the tenant registered us, with its secret of now; null where it did not.</summary>
    public async ValueTask<ConnectionClient?> ConfiguredAsync(
        ConnectionTerms terms, IssuerMetadata issuer, CancellationToken cancellationToken)
    {
        if (terms.Auth.ClientId is not { } id)
        {
            return null;
        }

        var secret = await SecretAsync(terms, cancellationToken);
        return new ConnectionClient
        {
            Issuer = issuer.Issuer,
            Id = id,
            Secret = secret,
            AuthMethod = AuthMethods.Of(issuer.AuthMethods, secret is not null),
        };
    }

    /// <summary>A client with what proves it: the tenant's secret as it is now, where it is the tenant's.</summary>
    public async ValueTask<ConnectionClient> ProvenAsync(
        ConnectionClient client, ConnectionTerms? terms, CancellationToken cancellationToken) =>
        client.Secret is null && terms is { Auth.ClientId: { } id } && id == client.Id
            ? client with { Secret = await SecretAsync(terms, cancellationToken) }
            : client;

    private async ValueTask<string?> SecretAsync(ConnectionTerms terms, CancellationToken cancellationToken)
    {
        if (terms.Auth.ClientSecret is not { } name)
        {
            return null;
        }

        var opened = await grains.Locate<ISecretsGrain>(key.Tenant.ToString())
            .OpenAsync(key.Server, [name], cancellationToken);
        return opened.Count == 0 ? null : opened[0].Value;
    }
}
