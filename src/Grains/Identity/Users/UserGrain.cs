using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>A user: who they are, what they may do, and how they prove it.</summary>
internal class UserGrain : IUserGrain
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such user.");
    private static readonly McpFault Wrong = new(FaultReason.InvalidCredential, "Wrong name or password.");
    private static readonly McpFault Expired = new(FaultReason.InvalidCredential, "The invitation is not valid.");
    private static readonly McpFault Busy = new(FaultReason.LimitExceeded, "Too many log in at this moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private readonly IActivationContext _activation;
    private readonly PasswordHasher _hasher;
    private readonly Authorizer _authorizer;
    private readonly UserAudit _audit;
    private readonly PasswordOptions _passwords;
    private readonly UserOptions _options;
    private readonly UserKey _key;
    private readonly IGrainState<UserState> _state;
    private readonly IGrainState<ConsentState> _consents;

    public UserGrain(
        IActivationContext activation,
        PasswordHasher hasher,
        Authorizer authorizer,
        UserAudit audit,
        IOptions<PasswordOptions> passwords,
        IOptions<UserOptions> options)
    {
        _activation = activation;
        _hasher = hasher;
        _authorizer = authorizer;
        _audit = audit;
        _passwords = passwords.Value;
        _options = options.Value;
        _key = UserKey.Parse(activation.Key);
        _state = activation.State<UserState>("user");
        _consents = activation.State<ConsentState>("consents");
    }

    private UserSummary? Summary => _state.Value.Summary;

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public ValueTask<UserLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(RefusalOf(context, isChange: false) is { } fault
            ? UserLookup.Refused(fault)
            : new UserLookup { User = Summary });

    public async ValueTask<UserLookup> SetRolesAsync(
        CallContext context, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var configuration = await ConfigurationAsync(cancellationToken);
        var fault = RefusalOfChange(context, configuration)
            ?? UserAdministration.RefusalOfRoles(context, _key.Tenant, configuration, roles)
            ?? (roles.Count > _options.RolesMax
                ? new McpFault(FaultReason.InvalidParams, $"A user has at most {_options.RolesMax} roles.")
                : null);
        if (fault is not null)
        {
            return UserLookup.Refused(fault);
        }

        var changed = await ChangeAsync(
            _state.Value with
            {
                Summary = Summary! with { Roles = [.. roles.Distinct()] },

                // Whoever holds a link from before may not be meant to have what is given now.
                Invitation = roles.Except(Summary!.Roles).Any() ? null : _state.Value.Invitation,
            },
            cancellationToken);
        _audit.Changed(context, _key.Tenant, Summary!, AuditActions.RoleAssigned, string.Join(' ', Summary!.Roles));
        return changed;
    }

    public async ValueTask<UserLookup> SetEnabledAsync(
        CallContext context, bool enabled, CancellationToken cancellationToken)
    {
        if (RefusalOfChange(context, await ConfigurationAsync(cancellationToken)) is { } fault)
        {
            return UserLookup.Refused(fault);
        }

        var status = !enabled ? UserStatus.Disabled
            : _state.Value.Password is null && !Summary!.IsFederated ? UserStatus.Invited
            : UserStatus.Active;
        var changed = await ChangeAsync(
            _state.Value with
            {
                Summary = Summary! with { Status = status },
                Epoch = enabled ? _state.Value.Epoch : _state.Value.Epoch + 1,
            },
            cancellationToken);
        _audit.Changed(
            context, _key.Tenant, Summary!, AuditActions.UserChanged, enabled ? "enabled" : "disabled");
        if (!enabled)
        {
            await EndGrantsAsync(context, cancellationToken);
        }

        return changed;
    }

    public async ValueTask<InvitationOutcome> InviteAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (RefusalOfChange(context, await ConfigurationAsync(cancellationToken)) is { } fault)
        {
            return InvitationOutcome.Refused(fault);
        }

        _audit.Changed(context, _key.Tenant, Summary!, AuditActions.UserChanged, "invited");
        return await InviteAsync(Summary!, cancellationToken);
    }

    public async ValueTask<McpFault?> EndSessionsAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (Summary is not { } user || (!IsSelf(context) && RefusalOf(context, isChange: true) is not null))
        {
            return Unknown;
        }

        _audit.Changed(context, _key.Tenant, user, AuditActions.UserChanged, "sessions-ended");
        _state.Value = _state.Value with { Epoch = _state.Value.Epoch + 1 };
        await _state.WriteAsync(cancellationToken);
        return IsSelf(context) ? null : await EndGrantsAsync(context, cancellationToken);
    }

    public async ValueTask<LoginOutcome> ChangePasswordAsync(
        CallContext context, PasswordChange change, CancellationToken cancellationToken)
    {
        if (!IsSelf(context) || Summary is not { Status: UserStatus.Active })
        {
            return LoginOutcome.Refused(Wrong);
        }

        return await _hasher.VerifyAsync(change.Proof, _state.Value.Password, cancellationToken) switch
        {
            null => LoginOutcome.Refused(Busy),
            false => LoginOutcome.Refused(Wrong),
            true => await SetPasswordAsync(change.Password, cancellationToken),
        };
    }

    public async ValueTask<LoginOutcome> AcceptInvitationAsync(
        PasswordChange change, CancellationToken cancellationToken) =>
        HasInvitation(change.Proof)
            ? await SetPasswordAsync(change.Password, cancellationToken)
            : LoginOutcome.Refused(Expired);

    public ValueTask<UserSummary?> PeekInvitationAsync(string secret, CancellationToken cancellationToken) =>
        ValueTask.FromResult(HasInvitation(secret) ? Summary : null);

    public async ValueTask<UserStanding> StandingAsync(CancellationToken cancellationToken)
    {
        if (Summary is not { } user)
        {
            return new UserStanding { Id = _key.User };
        }

        var tenant = await TenantAsync(cancellationToken);
        return new UserStanding
        {
            Id = user.Id,
            // In a tenant that is suspended or gone nobody is served.
            Status = tenant.Status == TenantStatus.Active ? user.Status : UserStatus.Disabled,
            Name = user.DisplayName ?? user.LoginName.ToString(),
            Roles = user.Roles,
            Permissions = RoleResolver.PermissionsOf(_key.Tenant, tenant.Configuration, user.Roles),
            Epoch = _state.Value.Epoch,
        };
    }

    public async ValueTask<InvitationOutcome> CreateAsync(UserSummary user, CancellationToken cancellationToken)
    {
        if (Summary is not null)
        {
            return InvitationOutcome.Refused(new McpFault(FaultReason.Conflict, "The user exists."));
        }

        if (!user.IsFederated)
        {
            return await InviteAsync(user with { Status = UserStatus.Invited }, cancellationToken);
        }

        var created = user with { Status = UserStatus.Active, CreatedAt = Now };
        await ChangeAsync(new UserState { Summary = created }, cancellationToken);
        return new InvitationOutcome { User = created };
    }

    public async ValueTask<InvitationOutcome> RenewInvitationAsync(CancellationToken cancellationToken) =>
        Summary is { Status: UserStatus.Invited } user
            ? await InviteAsync(user, cancellationToken)
            : InvitationOutcome.Refused(new McpFault(FaultReason.Conflict, "The user accepted an invitation."));

    public async ValueTask<LoginOutcome> CheckPasswordAsync(
        PasswordAttempt attempt, CancellationToken cancellationToken)
    {
        // Who may not log in has no hash to compare with: it takes as long, and reads the same.
        var standing = await StandingAsync(cancellationToken);
        var hash = standing.Status == UserStatus.Active ? _state.Value.Password : null;
        if (await _hasher.VerifyAsync(attempt.Password, hash, cancellationToken) is not { } isRight)
        {
            return LoginOutcome.Refused(Busy);
        }

        if (!isRight || hash is null)
        {
            return LoginOutcome.Refused(Wrong);
        }

        if (_hasher.IsStale(hash))
        {
            hash = await _hasher.HashAsync(attempt.Password, cancellationToken) ?? hash;
        }

        return await EnterAsync(_state.Value with { Password = hash }, attempt.Device, cancellationToken);
    }

    public ValueTask<bool> KnowsDeviceAsync(string device, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_state.Value.Devices.Any(known => Secret.Matches(device, known.Hash)));

    public async ValueTask<UserStanding> EnterFederatedAsync(
        FederatedLogin login, CancellationToken cancellationToken)
    {
        if (Summary is { Status: UserStatus.Active, IsFederated: true } user)
        {
            var entered = user with
            {
                Roles = [.. login.Roles],
                DisplayName = login.DisplayName ?? user.DisplayName,
                LastLoginAt = Now,
            };
            await ChangeAsync(_state.Value with { Summary = entered }, cancellationToken);
        }

        return await StandingAsync(cancellationToken);
    }

    public ValueTask<bool> HasConsentAsync(ConsentTerms terms, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_consents.Value.Consents.Contains(terms));

    public async ValueTask RememberConsentAsync(ConsentTerms terms, CancellationToken cancellationToken)
    {
        var others = _consents.Value.Consents.Where(known => known != terms).Take(_options.ConsentsMax - 1);
        _consents.Value = new ConsentState { Consents = [terms, .. others] };
        await _consents.WriteAsync(cancellationToken);
    }

    private McpFault? RefusalOf(CallContext context, bool isChange) =>
        _authorizer.Administer(context, _key.Tenant, isChange, AdminAreas.Users)
        ?? (Summary is null ? Unknown : null);

    private McpFault? RefusalOfChange(CallContext context, TenantConfiguration configuration) =>
        RefusalOf(context, isChange: true)
        ?? RoleResolver.RefusalOver(context, _key.Tenant, configuration, Summary!.Roles);

    /// <summary>The user, and no client in their name whose scopes are not of the administration.</summary>
    private bool IsSelf(CallContext context) =>
        context.Tenant == _key.Tenant && context.Principal == _key.User.Principal
        && McpScopes.Cover(context.Scopes, McpScopes.Admin);

    private bool HasInvitation(string secret) =>
        Summary is { Status: UserStatus.Invited or UserStatus.Active }
        && _state.Value.Invitation is { } invitation
        && invitation.ExpiresAt > Now
        && Secret.Matches(secret, invitation.Hash);

    /// <summary>Clients act in the user's name as a browser does: an administrator ends both.</summary>
    private ValueTask<McpFault?> EndGrantsAsync(CallContext context, CancellationToken cancellationToken) =>
        _activation.Grains.Locate<IUserGrantsGrain>(_activation.Key).RevokeAllAsync(context, cancellationToken);

    private ValueTask<TenantSnapshot> TenantAsync(CancellationToken cancellationToken) =>
        _activation.Grains.Locate<ITenantGrain>(_key.Tenant.ToString()).DescribeAsync(cancellationToken);

    private async ValueTask<TenantConfiguration> ConfigurationAsync(CancellationToken cancellationToken) =>
        (await TenantAsync(cancellationToken)).Configuration;

    private async ValueTask<InvitationOutcome> InviteAsync(UserSummary user, CancellationToken cancellationToken)
    {
        var secret = Secret.Create();
        var invitation = new InvitationRow
        {
            Hash = Secret.HashOf(secret),
            ExpiresAt = Now + _options.InvitationLifetime,
        };
        var invited = Summary is null ? user with { CreatedAt = Now } : user;
        await ChangeAsync(_state.Value with { Summary = invited, Invitation = invitation }, cancellationToken);
        return new InvitationOutcome
        {
            User = invited,
            Token = $"{user.Id}.{secret}",
            ExpiresAt = invitation.ExpiresAt,
        };
    }

    /// <summary>Whoever has a browser of the user was let in by the old password: all of them are out.</summary>
    private async ValueTask<LoginOutcome> SetPasswordAsync(string password, CancellationToken cancellationToken)
    {
        var user = Summary!;
        if (PasswordRules.Problem(password, user.LoginName, _passwords) is { } problem)
        {
            return LoginOutcome.Refused(new McpFault(FaultReason.InvalidParams, problem));
        }

        if (await _hasher.HashAsync(password, cancellationToken) is not { } hash)
        {
            return LoginOutcome.Refused(Busy);
        }

        var changed = new UserState
        {
            Summary = user with { Status = UserStatus.Active },
            Password = hash,
            Epoch = _state.Value.Epoch + 1,
        };
        _audit.Changed(_key.Tenant, user, AuditActions.UserChanged, "password");
        return await EnterAsync(changed, device: null, cancellationToken);
    }

    /// <summary>The user is in: remembers when, and with which browser.</summary>
    private async ValueTask<LoginOutcome> EnterAsync(
        UserState state, string? device, CancellationToken cancellationToken)
    {
        var fresh = device is null ? Secret.Create() : null;
        var row = new DeviceRow { Hash = Secret.HashOf(fresh ?? device!), SeenAt = Now };
        var others = state.Devices.Where(known => !known.Hash.Span.SequenceEqual(row.Hash.Span));
        await ChangeAsync(
            state with
            {
                Summary = state.Summary! with { LastLoginAt = Now },
                Devices = [row, .. others.Take(_options.DevicesMax - 1)],
            },
            cancellationToken);
        var standing = await StandingAsync(cancellationToken);
        return standing.Status == UserStatus.Active
            ? new LoginOutcome { User = standing, Device = fresh }
            : LoginOutcome.Refused(Wrong);
    }

    private async ValueTask<UserLookup> ChangeAsync(UserState state, CancellationToken cancellationToken)
    {
        _state.Value = state;
        await _state.WriteAsync(cancellationToken);
        return new UserLookup { User = state.Summary };
    }
}
