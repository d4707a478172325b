using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Connections;

/// <summary>
/// The connections of one server, and who we are to its authorization server; key: <see cref="Servers.ServerKey"/>.
/// </summary>
[Grain("connections")]
public interface IConnectionsGrain
{
    /// <summary>
    /// From a connection: who we are to an authorization server; we register where we are nobody yet (RFC 7591), once
    /// for all connections of the server. Durable before it returns.
    /// </summary>
    ValueTask<ConnectionClient?> RegisterAsync(ClientRegistration registration, CancellationToken cancellationToken);

    /// <summary>From a connection: the authorization server does not know this client any more.</summary>
    ValueTask ForgetAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>
    /// From a connection that gets tokens: it is listed from now on; durable before it returns. Null, or why not.
    /// </summary>
    ValueTask<McpFault?> AddAsync(string owner, CancellationToken cancellationToken);

    /// <summary>From a connection that was given up: it is not listed any more.</summary>
    ValueTask RemoveAsync(string owner, CancellationToken cancellationToken);

    /// <summary>The connections after an owner, at most so many; for who administers the tenant's secrets.</summary>
    [Interleaves]
    ValueTask<ConnectionPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>From the server, when it is gone: all of them end.</summary>
    [Interleaves]
    ValueTask EndAsync(CancellationToken cancellationToken);
}
