using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Identity.Users;

/// <summary>One user of a tenant; key: <see cref="UserKey"/>.</summary>
[Grain("user")]
public interface IUserGrain
{
    /// <summary>The user, for an administrator.</summary>
    [Interleaves]
    ValueTask<UserLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>Gives the user these roles instead of those they had; durable before it returns.</summary>
    ValueTask<UserLookup> SetRolesAsync(
        CallContext context, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>
    /// Disables the user, which ends their browser sessions and what they let clients do, or enables them again.
    /// </summary>
    ValueTask<UserLookup> SetEnabledAsync(CallContext context, bool enabled, CancellationToken cancellationToken);

    /// <summary>
    /// Invites the user to set a password, which is also how it is reset. An earlier invitation is void; the password
    /// up to now goes on until a new one is set.
    /// </summary>
    ValueTask<InvitationOutcome> InviteAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Ends all browser sessions of the user. By an administrator, it ends what the user let clients do as well; users
    /// themselves end that one by one.
    /// </summary>
    ValueTask<McpFault?> EndSessionsAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the own password: the old one proves who asks. Ends all browser sessions, the caller's too.
    /// </summary>
    ValueTask<LoginOutcome> ChangePasswordAsync(
        CallContext context, PasswordChange change, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway, before it knows who calls: sets the password of whoever holds the invitation, once, and
    /// activates an invited user.
    /// </summary>
    ValueTask<LoginOutcome> AcceptInvitationAsync(PasswordChange change, CancellationToken cancellationToken);

    /// <summary>From a gateway: whom an invitation is for; null when it is not, or no longer, valid.</summary>
    [Interleaves]
    ValueTask<UserSummary?> PeekInvitationAsync(string secret, CancellationToken cancellationToken);

    /// <summary>
    /// From gateways and grains that hold something granted in the user's name: what the user is now. They may hold it
    /// for some seconds.
    /// </summary>
    [Interleaves]
    ValueTask<UserStanding> StandingAsync(CancellationToken cancellationToken);

    /// <summary>From the directory: makes the user, invited where there is no provider that logs them in.</summary>
    ValueTask<InvitationOutcome> CreateAsync(UserSummary user, CancellationToken cancellationToken);

    /// <summary>
    /// From the directory: invites again a user who accepted no invitation yet; a fault for any other.
    /// </summary>
    ValueTask<InvitationOutcome> RenewInvitationAsync(CancellationToken cancellationToken);

    /// <summary>
    /// From the grain of a login name: whether this is the password. It takes as long for a user who does not exist.
    /// </summary>
    ValueTask<LoginOutcome> CheckPasswordAsync(PasswordAttempt attempt, CancellationToken cancellationToken);

    /// <summary>From the grain of a login name: whether a browser is one that the user logged in with before.</summary>
    [Interleaves]
    ValueTask<bool> KnowsDeviceAsync(string device, CancellationToken cancellationToken);

    /// <summary>From the directory: the tenant's provider vouched for the user.</summary>
    ValueTask<UserStanding> EnterFederatedAsync(FederatedLogin login, CancellationToken cancellationToken);

    /// <summary>From a gateway: whether the user agreed to exactly this before.</summary>
    [Interleaves]
    ValueTask<bool> HasConsentAsync(ConsentTerms terms, CancellationToken cancellationToken);

    /// <summary>From a gateway: remembers what the user agreed to.</summary>
    ValueTask RememberConsentAsync(ConsentTerms terms, CancellationToken cancellationToken);
}
