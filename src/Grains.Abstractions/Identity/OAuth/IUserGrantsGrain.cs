using Smcp.Engine;
using Smcp.Identity.Users;
using Smcp.Mcp;

namespace Smcp.Identity.OAuth;

/// <summary>
/// What a user let clients do; key: <see cref="UserKey"/>. For the user, and for who administers the tenant's users.
/// </summary>
[Grain("user-grants")]
public interface IUserGrantsGrain
{
    /// <summary>
    /// From a grant that begins: it is listed from now on; durable before it returns. Where the user has as many as
    /// may be, the oldest ends.
    /// </summary>
    ValueTask AddAsync(GrantId grant, ClientId client, CancellationToken cancellationToken);

    /// <summary>The grants in force after a cursor, at most so many.</summary>
    ValueTask<GrantPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>From a gateway, at consent: whether a grant to this client for this resource is in force.</summary>
    ValueTask<bool> HasAsync(
        ClientId client, string resource, IReadOnlyList<string> scopes, CancellationToken cancellationToken);

    /// <summary>Ends one grant, and every token of it. Null, or why not.</summary>
    ValueTask<McpFault?> RevokeAsync(CallContext context, GrantId grant, CancellationToken cancellationToken);

    /// <summary>Ends all of them. Null, or why not.</summary>
    ValueTask<McpFault?> RevokeAllAsync(CallContext context, CancellationToken cancellationToken);
}
