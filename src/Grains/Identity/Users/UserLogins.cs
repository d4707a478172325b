using Smcp.Mcp;
using Smcp.Security.Audit;

namespace Smcp.Identity.Users;

/// <summary>How a user proves who they are: by a password, an invitation, or what their provider says.</summary>
internal sealed class UserLogins(
    UserRecord user,
    PasswordHasher hasher,
    SecretDigester digester,
    UserAudit audit,
    PasswordOptions passwords,
    UserOptions options)
{
    private static readonly McpFault Wrong = new(FaultReason.InvalidCredential, "Wrong name or password.");
    private static readonly McpFault Expired = new(FaultReason.InvalidCredential, "The invitation is not valid.");
    private static readonly McpFault Busy = new(FaultReason.LimitExceeded, "Too many log in at this moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <summary>Invites the user: what was sent before is worth nothing any more.</summary>
    public async ValueTask<InvitationOutcome> InviteAsync(UserSummary summary, CancellationToken cancellationToken)
    {
        var secret = Secret.Create();
        var invitation = new InvitationRow
        {
            Hash = await digester.DigestAsync(secret, cancellationToken),
            ExpiresAt = user.Now + options.InvitationLifetime,
        };
        var invited = user.Summary is null ? summary with { CreatedAt = user.Now } : summary;
        await user.WriteAsync(
            user.State with { Summary = invited, Invitation = invitation }, cancellationToken);
        return new InvitationOutcome
        {
            User = invited,
            Token = $"{summary.Id}.{secret}",
            ExpiresAt = invitation.ExpiresAt,
        };
    }

    public async ValueTask<bool> HasInvitationAsync(string secret, CancellationToken cancellationToken)
    {
        var isSecret = await digester.MatchesAsync(secret, user.State.Invitation?.Hash, cancellationToken);
        return isSecret
            && user.Summary is { Status: UserStatus.Invited or UserStatus.Active }
            && user.State.Invitation is { } invitation
            && invitation.ExpiresAt > user.Now;
    }

    public async ValueTask<LoginOutcome> AcceptInvitationAsync(
        PasswordChange change, CancellationToken cancellationToken) =>
        await HasInvitationAsync(change.Proof, cancellationToken)
            ? await SetPasswordAsync(change.Password, cancellationToken)
            : LoginOutcome.Refused(Expired);

    /// <summary>From whom it is: <paramref name="isSelf"/>.</summary>
    public async ValueTask<LoginOutcome> ChangePasswordAsync(
        PasswordChange change, bool isSelf, CancellationToken cancellationToken)
    {
        if (!isSelf || user.Summary is not { Status: UserStatus.Active })
        {
            return LoginOutcome.Refused(Wrong);
        }

        return await hasher.VerifyAsync(change.Proof, user.State.Password, cancellationToken) switch
        {
            null => LoginOutcome.Refused(Busy),
            false => LoginOutcome.Refused(Wrong),
            true => await SetPasswordAsync(change.Password, cancellationToken),
        };
    }

    public async ValueTask<LoginOutcome> CheckPasswordAsync(
        PasswordAttempt attempt, CancellationToken cancellationToken)
    {
        // Who may not log in has no hash to compare with: it takes as long, and reads the same.
        var standing = await user.StandingAsync(cancellationToken);
        var hash = standing.Status == UserStatus.Active ? user.State.Password : null;
        if (await hasher.VerifyAsync(attempt.Password, hash, cancellationToken) is not { } isRight)
        {
            return LoginOutcome.Refused(Busy);
        }

        if (!isRight || hash is null)
        {
            return LoginOutcome.Refused(Wrong);
        }

        if (hasher.IsStale(hash))
        {
            hash = await hasher.HashAsync(attempt.Password, cancellationToken) ?? hash;
        }

        return await EnterAsync(user.State with { Password = hash }, attempt.Device, cancellationToken);
    }

    public async ValueTask<bool> KnowsDeviceAsync(string device, CancellationToken cancellationToken)
    {
        var devices = user.State.Devices;
        return (await OthersAsync(devices, device, cancellationToken)).Count < devices.Count;
    }

    public async ValueTask<UserStanding> EnterFederatedAsync(
        FederatedLogin login, CancellationToken cancellationToken)
    {
        if (user.Summary is { Status: UserStatus.Active, IsFederated: true } known)
        {
            var entered = known with
            {
                Roles = [.. login.Roles],
                DisplayName = login.DisplayName ?? known.DisplayName,
                LastLoginAt = user.Now,
            };
            await user.WriteAsync(user.State with { Summary = entered }, cancellationToken);
        }

        return await user.StandingAsync(cancellationToken);
    }

    /// <summary>Whoever has a browser of the user was let in by the old password: all of them are out.</summary>
    private async ValueTask<LoginOutcome> SetPasswordAsync(string password, CancellationToken cancellationToken)
    {
        var summary = user.Summary!;
        if (PasswordRules.Problem(password, summary.LoginName, passwords) is { } problem)
        {
            return LoginOutcome.Refused(new McpFault(FaultReason.InvalidParams, problem));
        }

        if (await hasher.HashAsync(password, cancellationToken) is not { } hash)
        {
            return LoginOutcome.Refused(Busy);
        }

        var changed = new UserState
        {
            Summary = summary with { Status = UserStatus.Active },
            Password = hash,
            Epoch = user.State.Epoch + 1,
        };
        audit.Changed(user.Key.Tenant, summary, AuditActions.UserChanged, "password");
        return await EnterAsync(changed, device: null, cancellationToken);
    }

    /// <summary>The user is in: remembers when, and with which browser.</summary>
    private async ValueTask<LoginOutcome> EnterAsync(
        UserState state, string? device, CancellationToken cancellationToken)
    {
        var fresh = device is null ? Secret.Create() : null;
        var row = new DeviceRow
        {
            Hash = await digester.DigestAsync(fresh ?? device!, cancellationToken),
            SeenAt = user.Now,
        };
        var others = device is null
            ? state.Devices
            : await OthersAsync(state.Devices, device, cancellationToken);
        await user.WriteAsync(
            state with
            {
                Summary = state.Summary! with { LastLoginAt = user.Now },
                Devices = [row, .. others.Take(options.DevicesMax - 1)],
            },
            cancellationToken);
        var standing = await user.StandingAsync(cancellationToken);
        return standing.Status == UserStatus.Active
            ? new LoginOutcome { User = standing, Device = fresh }
            : LoginOutcome.Refused(Wrong);
    }

    /// <summary>The browsers that are not the one with this secret.</summary>
    private async ValueTask<IReadOnlyList<DeviceRow>> OthersAsync(
        IReadOnlyList<DeviceRow> devices, string device, CancellationToken cancellationToken)
    {
        var others = new List<DeviceRow>(devices.Count);
        foreach (var known in devices)
        {
            if (!await digester.MatchesAsync(device, known.Hash, cancellationToken))
            {
                others.Add(known);
            }
        }

        return others;
    }
}
