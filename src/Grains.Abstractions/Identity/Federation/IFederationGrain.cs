using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Identity.Federation;

/// <summary>
/// Logging in by a tenant's own OpenID Connect provider, as its configuration says; key: the tenant id.
/// </summary>
[Grain("federation")]
public interface IFederationGrain
{
    /// <summary>
    /// Sets the secret that the provider gave us, or removes it (null: a public client, which PKCE protects). It is
    /// never shown again.
    /// </summary>
    ValueTask<McpFault?> SetSecretAsync(CallContext context, string? secret, CancellationToken cancellationToken);

    /// <summary>From a gateway: the provider's page to go to; good for 10 minutes and one return.</summary>
    [Interleaves]
    Task<FederationOutcome> BeginAsync(FederationStart start, CancellationToken cancellationToken);

    /// <summary>From a gateway: who came back, after the provider's token was checked.</summary>
    [Interleaves]
    Task<FederationOutcome> CompleteAsync(FederationReturn back, CancellationToken cancellationToken);
}
