using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.OAuth.Clients;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Security.Audit;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>
/// Says which user a name or a provider's subject is. Of a user it knows nothing else: the user's own grain does.
/// </summary>
internal partial class UserDirectoryGrain : IUserDirectoryGrain, IGrainLifecycle
{
    private const int DisplayNameLengthMax = 100;

    private static readonly McpFault Taken = new(FaultReason.Conflict, "The login name is in use.");
    private static readonly McpFault Full = new(FaultReason.LimitExceeded, "The tenant has too many users.");

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly UserAudit _audit;
    private readonly UserOptions _options;
    private readonly ILogger _logger;
    private readonly TenantId _tenant;
    private readonly LogMap<DirectoryEntry> _map;

    public UserDirectoryGrain(
        IActivationContext activation,
        Authorizer authorizer,
        UserAudit audit,
        IOptions<UserOptions> options,
        ILogger<UserDirectoryGrain> logger)
    {
        _activation = activation;
        _authorizer = authorizer;
        _audit = audit;
        _options = options.Value;
        _logger = logger;
        _tenant = TenantId.Parse(activation.Key);
        _map = new LogMap<DirectoryEntry>(activation.Logs, $"tenant/{activation.Key}/users", OnWriteFailed);
    }

    public Task OnActivateAsync(CancellationToken cancellationToken) => _map.LoadAsync(cancellationToken);

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<InvitationOutcome> InviteAsync(
        CallContext context, UserInvitation invitation, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: true, AdminAreas.Users) is { } refusal)
        {
            return InvitationOutcome.Refused(refusal);
        }

        var tenant = await TenantAsync(cancellationToken);
        if (UserAdministration.RefusalOfRoles(context, _tenant, tenant.Configuration, invitation.Roles) is { } fault)
        {
            return InvitationOutcome.Refused(fault);
        }

        if (tenant.Status != TenantStatus.Active)
        {
            return InvitationOutcome.Refused(new McpFault(FaultReason.NotFound, "There is no such tenant."));
        }

        var outcome = await CreateAsync(invitation, cancellationToken);
        if (outcome.User is { } user)
        {
            _audit.Changed(context, _tenant, user, AuditActions.UserCreated, "invited");
        }

        return outcome;
    }

    public async ValueTask<UserPage> ListAsync(
        CallContext context, string? after, int itemsMax, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: false, AdminAreas.Users) is { } fault)
        {
            return new UserPage { Fault = fault };
        }

        var count = Math.Clamp(itemsMax, 1, _options.PageItemsMax);
        var entries = _map.Entries.Values
            .Where(entry => string.CompareOrdinal(entry.LoginName.ToString(), after) > 0)
            .OrderBy(entry => entry.LoginName.ToString(), StringComparer.Ordinal)
            .Take(count + 1)
            .ToList();
        var users = new List<UserSummary>();
        foreach (var entry in entries.Take(count))
        {
            if ((await UserOf(entry.User).DescribeAsync(context, cancellationToken)).User is { } user)
            {
                users.Add(user);
            }
        }

        return new UserPage
        {
            Users = users,
            Next = entries.Count > count ? entries[count - 1].LoginName.ToString() : null,
        };
    }

    public async ValueTask<InvitationOutcome> InviteFirstAsync(
        UserInvitation invitation, CancellationToken cancellationToken) =>
        _map.Entries.Values.Take(2).ToList() switch
        {
            [] => await CreateAsync(invitation, cancellationToken),
            [var only] => await UserOf(only.User).RenewInvitationAsync(cancellationToken),
            _ => InvitationOutcome.Refused(new McpFault(FaultReason.Conflict, "The tenant has users.")),
        };

    public ValueTask<string?> FindAsync(LoginName loginName, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_map.Entries.GetValueOrDefault(loginName.ToString())?.User.ToString());

    public async ValueTask<LoginOutcome> EnterFederatedAsync(
        FederatedLogin login, CancellationToken cancellationToken)
    {
        var linked = _map.Entries.Values.FirstOrDefault(
            entry => entry.Issuer == login.Issuer && entry.Subject == login.Subject);
        if (linked is null)
        {
            // A name in use is not taken over by whoever has the like name at the provider.
            if (_map.Entries.ContainsKey(login.LoginName.ToString()) || _map.Entries.Count >= _options.UsersMax)
            {
                return LoginOutcome.Refused(Taken);
            }

            linked = new DirectoryEntry
            {
                LoginName = login.LoginName,
                User = NewId(),
                Issuer = login.Issuer,
                Subject = login.Subject,
            };
            var created = SummaryOf(linked, login);
            await UserOf(linked.User).CreateAsync(created, cancellationToken);
            await PutAsync(linked);
            _audit.Changed(_tenant, created, AuditActions.UserCreated, "federated");
        }

        var user = await UserOf(linked.User).EnterFederatedAsync(login, cancellationToken);
        return user.Status == UserStatus.Active
            ? new LoginOutcome { User = user }
            : LoginOutcome.Refused(new McpFault(FaultReason.InvalidCredential, "The account is disabled."));
    }

    private static UserSummary SummaryOf(DirectoryEntry entry, FederatedLogin login) => new()
    {
        Id = entry.User,
        LoginName = entry.LoginName,
        DisplayName = login.DisplayName,
        Roles = login.Roles,
        IsFederated = true,
    };

    private static UserId NewId() => UserId.Parse(Secret.Create()[..22]);

    /// <summary>
    /// The user's grain first: a crash between the two leaves a user without a name, and never a name without a user.
    /// </summary>
    private async ValueTask<InvitationOutcome> CreateAsync(
        UserInvitation invitation, CancellationToken cancellationToken)
    {
        if (_map.Entries.ContainsKey(invitation.LoginName.ToString()))
        {
            return InvitationOutcome.Refused(Taken);
        }

        if (_map.Entries.Count >= _options.UsersMax)
        {
            return InvitationOutcome.Refused(Full);
        }

        if (invitation.DisplayName is { } name && !ClientNames.IsPlain(name, DisplayNameLengthMax))
        {
            return InvitationOutcome.Refused(new McpFault(
                FaultReason.InvalidParams,
                $"A display name has at most {DisplayNameLengthMax} characters, none of them hidden."));
        }

        if (invitation.Roles.Count > _options.RolesMax)
        {
            return InvitationOutcome.Refused(new McpFault(FaultReason.InvalidParams, "The invitation is too long."));
        }

        var entry = new DirectoryEntry { LoginName = invitation.LoginName, User = NewId() };
        var outcome = await UserOf(entry.User).CreateAsync(
            new UserSummary
            {
                Id = entry.User,
                LoginName = invitation.LoginName,
                DisplayName = invitation.DisplayName,
                Roles = [.. invitation.Roles.Distinct()],
            },
            cancellationToken);
        await PutAsync(entry);
        return outcome;
    }

    private async ValueTask PutAsync(DirectoryEntry entry)
    {
        await _map.PutAsync(entry);
        if (_map.Records > (2L * _map.Entries.Count) + _options.DirectorySlack)
        {
            await _map.RewriteAsync();
        }
    }

    private IUserGrain UserOf(UserId user) =>
        _activation.Grains.Locate<IUserGrain>(new UserKey(_tenant, user).ToString());

    private ValueTask<TenantSnapshot> TenantAsync(CancellationToken cancellationToken) =>
        _activation.Grains.Locate<ITenantGrain>(_tenant.ToString()).DescribeAsync(cancellationToken);

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _activation.Deactivate();
    }
}
