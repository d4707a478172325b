using Smcp.Engine;

namespace Smcp.Identity.OAuth;

/// <summary>
/// An OAuth client; key: <see cref="ClientKey"/>. One that is a document is fetched when it is first asked for.
/// </summary>
[Grain("oauth-client")]
public interface IClientGrain
{
    /// <summary>
    /// From a gateway, before it knows who calls: what is known of the client. Fetches its document, where it is one
    /// that is not cached, for up to 10 seconds; requests at one time share the fetch.
    /// </summary>
    [Interleaves]
    Task<ClientLookup> DescribeAsync(ClientId client, CancellationToken cancellationToken);

    /// <summary>From a gateway: whether this is the client's secret.</summary>
    ValueTask<bool> VerifySecretAsync(string secret, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway: whether the client signed this assertion, for this issuer. Each is taken once; that it was is
    /// durable before it returns.
    /// </summary>
    ValueTask<bool> VerifyAssertionAsync(string assertion, string issuer, CancellationToken cancellationToken);

    /// <summary>
    /// From the registrar, or the tenant's administration: registers the client, and makes its secret if it
    /// authenticates by one. Durable before it returns.
    /// </summary>
    Task<ClientCreation> CreateAsync(OAuthClient client, CancellationToken cancellationToken);

    /// <summary>
    /// From a grant: the client got a code or a token. One that registered itself and gets none for 90 days is removed.
    /// </summary>
    Task UseAsync(CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's administration: makes a new secret, and takes the one before for the grace time. No secret for
    /// a client that has none.
    /// </summary>
    Task<ClientCreation> RotateSecretAsync(TimeSpan? grace, CancellationToken cancellationToken);

    /// <summary>From the tenant's administration: removes the client. Its grants end with it.</summary>
    Task DeleteAsync(CancellationToken cancellationToken);
}
