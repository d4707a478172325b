using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Identity.OAuth;

/// <summary>
/// A tenant's own OAuth clients; key: the tenant. Their administration. Clients that registered themselves, and
/// documents, are of no tenant.
/// </summary>
[Grain("oauth-clients")]
public interface IClientsGrain
{
    /// <summary>
    /// Registers a client, under an id that we make. Its roles must not permit more than the caller's own.
    /// </summary>
    ValueTask<ClientIssued> CreateAsync(
        CallContext context, ClientRequest request, CancellationToken cancellationToken);

    /// <summary>The clients after a cursor, at most so many.</summary>
    ValueTask<ClientPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>One client, without its secret.</summary>
    ValueTask<ClientIssued> ReadAsync(CallContext context, ClientId client, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a client a new secret. The one before is taken for the grace time; null: the installation's.
    /// </summary>
    ValueTask<ClientIssued> RotateSecretAsync(
        CallContext context, ClientId client, TimeSpan? grace, CancellationToken cancellationToken);

    /// <summary>Removes a client, for good; every grant ends with it. Null, or why not.</summary>
    ValueTask<McpFault?> DeleteAsync(CallContext context, ClientId client, CancellationToken cancellationToken);
}
