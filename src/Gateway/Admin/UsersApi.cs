using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>The users of a tenant.</summary>
internal sealed class UsersApi(CanonicalUrls urls) : IAdminResource
{
    private const string All = "/tenants/{tenant}/users";
    private const string One = All + "/{user}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listUsers", "The users of a tenant, by login name.", ListAsync)
        {
            Answer = typeof(Paged<UserSummary>),
            IsPaged = true,
        },
        new("POST", All, "inviteUser", "Makes a user and invites them to set a password.", InviteAsync)
        {
            Body = typeof(UserInvitation),
            Answer = typeof(UserInvited),
            Status = StatusCodes.Status201Created,
            Action = AuditActions.UserCreated,
            Right = AdminRight.ToChange(AdminAreas.Users),
        },
        new("GET", One, "readUser", "A user.", exchange => OnUserAsync(
            exchange, user => user.DescribeAsync(exchange.Context, exchange.Cancellation)))
        {
            Answer = typeof(UserSummary),
        },
        new("PUT", One + "/roles", "putUserRoles", "Gives a user these roles and no others.", exchange => OnUserAsync(
            exchange,
            user => user.SetRolesAsync(exchange.Context, exchange.BodyOf<UserRoles>().Roles, exchange.Cancellation)))
        {
            Body = typeof(UserRoles),
            Answer = typeof(UserSummary),
            Action = AuditActions.RoleAssigned,
            Right = AdminRight.ToChange(AdminAreas.Users),
        },
        new("POST", One + "/disable", "disableUser", "Ends all that a user has.", exchange => OnUserAsync(
            exchange, user => user.SetEnabledAsync(exchange.Context, false, exchange.Cancellation)))
        {
            Answer = typeof(UserSummary),
            Action = AuditActions.UserChanged,
            Right = AdminRight.ToChange(AdminAreas.Users),
            IsUrgent = true,
        },
        new("POST", One + "/enable", "enableUser", "Lets a user log in again.", exchange => OnUserAsync(
            exchange, user => user.SetEnabledAsync(exchange.Context, true, exchange.Cancellation)))
        {
            Answer = typeof(UserSummary),
            Action = AuditActions.UserChanged,
            Right = AdminRight.ToChange(AdminAreas.Users),
        },
        new("POST", One + "/invite", "reinviteUser", "Invites a user to set a new password.", ReinviteAsync)
        {
            Answer = typeof(UserInvited),
            Action = AuditActions.UserChanged,
            Right = AdminRight.ToChange(AdminAreas.Users),
        },
        new("POST", One + "/end-sessions", "endUserSessions", "Ends browser sessions and grants.", EndSessionsAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.UserChanged,
            Right = AdminRight.ToChange(AdminAreas.Users) with { IsUsersOwn = true, IsHidden = true },
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        var page = await exchange.Of<IUserDirectoryGrain>()
            .ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<UserSummary>(page.Users, page.Next));
    }

    private async ValueTask<AdminAnswer> InviteAsync(AdminExchange exchange)
    {
        var outcome = await exchange.Of<IUserDirectoryGrain>()
            .InviteAsync(exchange.Context, exchange.BodyOf<UserInvitation>(), exchange.Cancellation);
        return outcome.User is { } user
            ? Answer(exchange, outcome, user) with
            {
                Status = StatusCodes.Status201Created,
                Location = $"/tenants/{exchange.Tenant}/users/{user.Id}",
            }
            : AdminAnswer.Refused(outcome.Fault!);
    }

    private async ValueTask<AdminAnswer> ReinviteAsync(AdminExchange exchange)
    {
        if (UserOf(exchange) is not { } grain)
        {
            return AdminAnswer.NotFound;
        }

        var outcome = await grain.InviteAsync(exchange.Context, exchange.Cancellation);
        return outcome.User is { } user ? Answer(exchange, outcome, user) : AdminAnswer.Refused(outcome.Fault!);
    }

    private static async ValueTask<AdminAnswer> EndSessionsAsync(AdminExchange exchange)
    {
        if (UserOf(exchange) is not { } grain)
        {
            return AdminAnswer.NotFound;
        }

        var fault = await grain.EndSessionsAsync(exchange.Context, exchange.Cancellation);
        return fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }

    private static async ValueTask<AdminAnswer> OnUserAsync(
        AdminExchange exchange, Func<IUserGrain, ValueTask<UserLookup>> act)
    {
        if (UserOf(exchange) is not { } grain)
        {
            return AdminAnswer.NotFound;
        }

        var lookup = await act(grain);
        return lookup.User is { } user ? AdminAnswer.Ok(user) : AdminAnswer.Refused(lookup.Fault!);
    }

    private static IUserGrain? UserOf(AdminExchange exchange) =>
        UserId.TryParse(exchange.Value("user"), null, out var user)
            ? exchange.Grains.Locate<IUserGrain>(new UserKey(exchange.Tenant, user).ToString())
            : null;

    private AdminAnswer Answer(AdminExchange exchange, InvitationOutcome outcome, UserSummary user)
    {
        var link = outcome.Token is { } token
            ? $"{urls.Issuer}/invitation?tenant={exchange.Tenant}&token={Uri.EscapeDataString(token)}"
            : null;
        return AdminAnswer.Ok(new UserInvited(user, link, outcome.ExpiresAt)) with
        {
            Repeat = new UserInvited(user, null, outcome.ExpiresAt),
        };
    }
}
