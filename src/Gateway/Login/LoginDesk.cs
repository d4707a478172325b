using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Pages;
using Smcp.Security.Audit;

namespace Smcp.Login;

/// <summary>Takes a log-in form, wherever it stands.</summary>
internal sealed class LoginDesk(
    IGrainLocator grains, TenantDoor door, AddressFailures addresses, BrowserSessions sessions, LoginAudit audit)
{
    public const string TenantField = "organization";
    public const string NameField = "username";
    public const string PasswordField = "password";

    private static readonly McpFault Wrong = new(FaultReason.InvalidCredential, "Wrong name or password.");

    /// <summary>Logs in; the fault says in words for people why not. A tenant that is known is not asked for.</summary>
    public async ValueTask<(LoggedIn? User, McpFault? Fault)> TryAsync(PageExchange exchange, TenantId? tenant)
    {
        if (addresses.RemainingOf(exchange.Address) is var wait && wait > TimeSpan.Zero)
        {
            return (null, new McpFault(FaultReason.LimitExceeded, "Too many wrong passwords.") { RetryAfter = wait });
        }

        if ((tenant ?? TenantOf(exchange)) is not { } of
            || !LoginName.TryParse(exchange.Field(NameField), null, out var name)
            || exchange.Field(PasswordField) is not { Length: > 0 } password)
        {
            addresses.Add(exchange.Address);
            return (null, Wrong);
        }

        // One that is not there goes on, and is told what a wrong name is.
        if (await door.TryAsync(exchange.Http, of) == TenantEntrance.Closed)
        {
            return (null, NotFromHere.Fault);
        }

        var outcome = await grains.Locate<ILoginGrain>(new LoginKey(of, name).ToString()).TryAsync(
            new PasswordAttempt
            {
                LoginName = name,
                Password = password,
                Address = exchange.Address,
                Device = exchange.Browser.Device,
            },
            exchange.Aborted);
        if (outcome.Fault is not null)
        {
            addresses.Add(exchange.Address);
            await audit.FailedAsync(exchange, of, outcome.Fault.Reason.ToString());
            return (null, outcome.Fault);
        }

        var user = await sessions.BeginAsync(exchange, of, outcome);
        audit.Done(user.ContextOf(exchange), AuditActions.AuthSuccess);
        return (user, null);
    }

    private static TenantId? TenantOf(PageExchange exchange) =>
        TenantId.TryParse(exchange.Field(TenantField).Trim().ToLowerInvariant(), null, out var tenant)
            ? tenant
            : null;
}
