using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Connections;

/// <summary>
/// The tokens by which a server elsewhere lets us in, for one principal or for the server itself; key:
/// <see cref="ConnectionKey"/>. It does one thing at a time, so tokens are refreshed once however many wait.
/// </summary>
[Grain("connection")]
public interface IConnectionGrain
{
    /// <summary>
    /// From a runtime: an access token that is good now, refreshed where it must be. What the authorization server
    /// gave is durable before it is given on.
    /// </summary>
    ValueTask<TokenSupply> SupplyAsync(TokenDemand demand, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway: what the person would be asked to agree to. The caller must be the principal; for the server's
    /// own connection, an administrator. Changes nothing.
    /// </summary>
    ValueTask<ConnectionOutcome> PrepareAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway: the page to go to; good for one return within <c>Smcp:Connections:AttemptLifetime</c>. An
    /// attempt that was begun before is given up. Durable before it returns.
    /// </summary>
    ValueTask<ConnectionOutcome> BeginAsync(
        CallContext context, ConnectionStart start, CancellationToken cancellationToken);

    /// <summary>From a gateway: the person came back. Connected and durable, or why not.</summary>
    ValueTask<ConnectionOutcome> CompleteAsync(
        CallContext context, ConnectionReturn back, CancellationToken cancellationToken);

    /// <summary>For the principal, and for who administers the tenant's secrets.</summary>
    ValueTask<ConnectionLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the tokens, and tells the authorization server (RFC 7009) as far as it listens. Null, or why not.
    /// </summary>
    ValueTask<McpFault?> DisconnectAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>From the list of the server's connections: what is known of it; null for none.</summary>
    [Interleaves]
    ValueTask<ConnectionStanding?> SummarizeAsync(CancellationToken cancellationToken);

    /// <summary>From the list of the server's connections, where the server is gone: forgets the tokens.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);

    /// <summary>From the tenant's servers, where its user was disabled: forgets the tokens; not listed then.</summary>
    ValueTask EndOfUserAsync(CancellationToken cancellationToken);
}
