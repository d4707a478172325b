using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>A user: who they are, what they may do, and how they prove it.</summary>
internal class UserGrain : IUserGrain
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such user.");

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly UserAudit _audit;
    private readonly UserOptions _options;
    private readonly UserRecord _user;
    private readonly UserLogins _logins;
    private readonly IGrainState<ConsentState> _consents;

    public UserGrain(
        IActivationContext activation,
        PasswordHasher hasher,
        SecretDigester digester,
        Authorizer authorizer,
        UserAudit audit,
        IOptions<PasswordOptions> passwords,
        IOptions<UserOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _audit = audit;
        _options = options.Value;
        _user = new UserRecord(activation);
        _logins = new UserLogins(_user, hasher, digester, audit, passwords.Value, _options);
        _consents = activation.State<ConsentState>("consents");
    }

    private UserSummary? Summary => _user.Summary;

    private TenantId Tenant => _user.Key.Tenant;

    public ValueTask<UserLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(RefusalOf(context, isChange: false) is { } fault
            ? UserLookup.Refused(fault)
            : new UserLookup { User = Summary });

    public async ValueTask<UserLookup> SetRolesAsync(
        CallContext context, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var configuration = await _user.ConfigurationAsync(cancellationToken);
        var fault = RefusalOfChange(context, configuration)
            ?? UserAdministration.RefusalOfRoles(context, Tenant, configuration, roles)
            ?? (roles.Count > _options.RolesMax
                ? new McpFault(FaultReason.InvalidParams, $"A user has at most {_options.RolesMax} roles.")
                : null);
        if (fault is not null)
        {
            return UserLookup.Refused(fault);
        }

        var changed = await _user.WriteAsync(
            _user.State with
            {
                Summary = Summary! with { Roles = [.. roles.Distinct()] },

                // Whoever holds a link from before may not be meant to have what is given now.
                Invitation = roles.Except(Summary!.Roles).Any() ? null : _user.State.Invitation,
            },
            cancellationToken);
        _audit.Changed(context, Tenant, Summary!, AuditActions.RoleAssigned, string.Join(' ', Summary!.Roles));
        return changed;
    }

    public async ValueTask<UserLookup> SetEnabledAsync(
        CallContext context, bool enabled, CancellationToken cancellationToken)
    {
        if (RefusalOfChange(context, await _user.ConfigurationAsync(cancellationToken)) is { } fault)
        {
            return UserLookup.Refused(fault);
        }

        var status = !enabled ? UserStatus.Disabled
            : _user.State.Password is null && !Summary!.IsFederated ? UserStatus.Invited
            : UserStatus.Active;
        var changed = await _user.WriteAsync(
            _user.State with
            {
                Summary = Summary! with { Status = status },
                Epoch = enabled ? _user.State.Epoch : _user.State.Epoch + 1,
            },
            cancellationToken);
        _audit.Changed(
            context, Tenant, Summary!, AuditActions.UserChanged, enabled ? "enabled" : "disabled");
        if (!enabled)
        {
            await EndGrantsAsync(context, cancellationToken);
            await _activation.Grains.Locate<IServerListGrain>(Tenant.ToString())
                .EndConnectionsAsync(_user.Key.User.Principal, cancellationToken);
        }

        return changed;
    }

    public async ValueTask<InvitationOutcome> InviteAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (RefusalOfChange(context, await _user.ConfigurationAsync(cancellationToken)) is { } fault)
        {
            return InvitationOutcome.Refused(fault);
        }

        _audit.Changed(context, Tenant, Summary!, AuditActions.UserChanged, "invited");
        return await _logins.InviteAsync(Summary!, cancellationToken);
    }

    public async ValueTask<McpFault?> EndSessionsAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (Summary is not { } user || (!IsSelf(context) && RefusalOf(context, isChange: true) is not null))
        {
            return Unknown;
        }

        if (!IsSelf(context)
            && RefusalOver(context, await _user.ConfigurationAsync(cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        _audit.Changed(context, Tenant, user, AuditActions.UserChanged, "sessions-ended");
        await _user.WriteAsync(_user.State with { Epoch = _user.State.Epoch + 1 }, cancellationToken);
        return IsSelf(context) ? null : await EndGrantsAsync(context, cancellationToken);
    }

    public ValueTask<LoginOutcome> ChangePasswordAsync(
        CallContext context, PasswordChange change, CancellationToken cancellationToken) =>
        _logins.ChangePasswordAsync(change, IsSelf(context), cancellationToken);

    public ValueTask<LoginOutcome> AcceptInvitationAsync(
        PasswordChange change, CancellationToken cancellationToken) =>
        _logins.AcceptInvitationAsync(change, cancellationToken);

    public async ValueTask<UserSummary?> PeekInvitationAsync(string secret, CancellationToken cancellationToken) =>
        await _logins.HasInvitationAsync(secret, cancellationToken) ? Summary : null;

    public ValueTask<UserStanding> StandingAsync(CancellationToken cancellationToken) =>
        _user.StandingAsync(cancellationToken);

    public async ValueTask<InvitationOutcome> CreateAsync(UserSummary user, CancellationToken cancellationToken)
    {
        if (Summary is not null)
        {
            return InvitationOutcome.Refused(new McpFault(FaultReason.Conflict, "The user exists."));
        }

        if (!user.IsFederated)
        {
            return await _logins.InviteAsync(user with { Status = UserStatus.Invited }, cancellationToken);
        }

        var created = user with { Status = UserStatus.Active, CreatedAt = _user.Now };
        await _user.WriteAsync(new UserState { Summary = created }, cancellationToken);
        return new InvitationOutcome { User = created };
    }

    public async ValueTask<InvitationOutcome> RenewInvitationAsync(CancellationToken cancellationToken) =>
        Summary is { Status: UserStatus.Invited } user
            ? await _logins.InviteAsync(user, cancellationToken)
            : InvitationOutcome.Refused(new McpFault(FaultReason.Conflict, "The user accepted an invitation."));

    public ValueTask<LoginOutcome> CheckPasswordAsync(
        PasswordAttempt attempt, CancellationToken cancellationToken) =>
        _logins.CheckPasswordAsync(attempt, cancellationToken);

    public ValueTask<bool> KnowsDeviceAsync(string device, CancellationToken cancellationToken) =>
        _logins.KnowsDeviceAsync(device, cancellationToken);

    public ValueTask<UserStanding> EnterFederatedAsync(FederatedLogin login, CancellationToken cancellationToken) =>
        _logins.EnterFederatedAsync(login, cancellationToken);

    public ValueTask<bool> HasConsentAsync(ConsentTerms terms, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_consents.Value.Consents.Contains(terms));

    public async ValueTask RememberConsentAsync(ConsentTerms terms, CancellationToken cancellationToken)
    {
        var others = _consents.Value.Consents.Where(known => known != terms).Take(_options.ConsentsMax - 1);
        _consents.Value = new ConsentState { Consents = [terms, .. others] };
        await _consents.WriteAsync(cancellationToken);
    }

    private McpFault? RefusalOf(CallContext context, bool isChange) =>
        _authorizer.Administer(context, Tenant, isChange, AdminAreas.Users)
        ?? (Summary is null ? Unknown : null);

    private McpFault? RefusalOfChange(CallContext context, TenantConfiguration configuration) =>
        RefusalOf(context, isChange: true) ?? RefusalOver(context, configuration);

    private McpFault? RefusalOver(CallContext context, TenantConfiguration configuration) =>
        RoleResolver.RefusalOver(context, Tenant, configuration, Summary!.Roles);

    /// <summary>The user, and no client in their name whose scopes are not of the administration.</summary>
    private bool IsSelf(CallContext context) =>
        context.Tenant == Tenant && context.Principal == _user.Key.User.Principal
        && McpScopes.Cover(context.Scopes, McpScopes.Admin);

    /// <summary>Clients act in the user's name as a browser does: an administrator ends both.</summary>
    private ValueTask<McpFault?> EndGrantsAsync(CallContext context, CancellationToken cancellationToken) =>
        _activation.Grains.Locate<IUserGrantsGrain>(_activation.Key).RevokeAllAsync(context, cancellationToken);
}
