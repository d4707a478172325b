using Smcp.Engine;

namespace Smcp.Identity.Users;

/// <summary>A tenant's users by login name, and by who they are at the tenant's provider; key: the tenant id.</summary>
[Grain("user-directory")]
public interface IUserDirectoryGrain
{
    /// <summary>Makes a user and invites them; durable before it returns.</summary>
    ValueTask<InvitationOutcome> InviteAsync(
        CallContext context, UserInvitation invitation, CancellationToken cancellationToken);

    /// <summary>
    /// Users in the order of their login names, after <paramref name="after"/> (null: from the first), at most
    /// <paramref name="itemsMax"/> or what the options allow.
    /// </summary>
    [Interleaves]
    ValueTask<UserPage> ListAsync(
        CallContext context, string? after, int itemsMax, CancellationToken cancellationToken);

    /// <summary>
    /// From the process that serves the tenant, at its start: invites the first user where the tenant has none, and
    /// again as long as they did not accept. A fault, where it has users.
    /// </summary>
    ValueTask<InvitationOutcome> InviteFirstAsync(UserInvitation invitation, CancellationToken cancellationToken);

    /// <summary>From the grain of a login name: the id of the user who has it; null when nobody does.</summary>
    [Interleaves]
    ValueTask<string?> FindAsync(LoginName loginName, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway, after it checked the provider's token: the user linked to this issuer and subject, made on
    /// their first visit. A login name that is in use belongs to whoever has it: the fault is a conflict.
    /// </summary>
    ValueTask<LoginOutcome> EnterFederatedAsync(FederatedLogin login, CancellationToken cancellationToken);
}
