using Smcp.Engine;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>A user as stored, and what that is worth in the tenant as it is now.</summary>
internal sealed class UserRecord(IActivationContext activation)
{
    private readonly IGrainState<UserState> _state = activation.State<UserState>("user");

    public UserKey Key { get; } = UserKey.Parse(activation.Key);

    public UserState State => _state.Value;

    public UserSummary? Summary => _state.Value.Summary;

    public DateTimeOffset Now => activation.Time.GetUtcNow();

    public ValueTask<TenantSnapshot> TenantAsync(CancellationToken cancellationToken) =>
        activation.Grains.Locate<ITenantGrain>(Key.Tenant.ToString()).DescribeAsync(cancellationToken);

    public async ValueTask<TenantConfiguration> ConfigurationAsync(CancellationToken cancellationToken) =>
        (await TenantAsync(cancellationToken)).Configuration;

    public async ValueTask<UserStanding> StandingAsync(CancellationToken cancellationToken)
    {
        if (Summary is not { } user)
        {
            return new UserStanding { Id = Key.User };
        }

        var tenant = await TenantAsync(cancellationToken);
        return new UserStanding
        {
            Id = user.Id,
            // In a tenant that is suspended or gone nobody is served.
            Status = tenant.Status == TenantStatus.Active ? user.Status : UserStatus.Disabled,
            Name = user.DisplayName ?? user.LoginName.ToString(),
            Roles = user.Roles,
            Permissions = RoleResolver.PermissionsOf(Key.Tenant, tenant.Configuration, user.Roles),
            Epoch = State.Epoch,
        };
    }

    public async ValueTask<UserLookup> WriteAsync(UserState state, CancellationToken cancellationToken)
    {
        _state.Value = state;
        await _state.WriteAsync(cancellationToken);
        return new UserLookup { User = state.Summary };
    }
}
