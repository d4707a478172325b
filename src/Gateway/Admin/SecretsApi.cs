using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Security.Secrets;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>
/// The secrets of a tenant, and which of them a server is given. They are written and removed; no route returns a
/// value.
/// </summary>
internal sealed class SecretsApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/secrets";
    private const string One = All + "/{secret}";
    private const string OfServer = "/tenants/{tenant}/servers/{server}/secrets";
    private const string OneOfServer = OfServer + "/{secret}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listSecrets", "The secrets of a tenant: names and grants.", exchange => ListAsync(
            exchange, _ => true))
        {
            Answer = typeof(Paged<SecretInfo>),
        },
        new("PUT", One, "putSecret", "Makes a secret, gives it another value, or grants it to servers.", PutAsync)
        {
            Body = typeof(SecretText),
            Answer = typeof(SecretInfo),
            Action = AuditActions.SecretWritten,
            Right = AdminRight.ToChange(AdminAreas.Secrets),
        },
        new("DELETE", One, "deleteSecret", "Removes a secret; its servers are not given it any more.", DeleteAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.SecretDeleted,
            Right = AdminRight.ToChange(AdminAreas.Secrets),
            IsUrgent = true,
        },
        new("GET", OfServer, "listServerSecrets", "The tenant's secrets that a server is given.", exchange =>
            OnServerAsync(exchange, server => ListAsync(exchange, secret => secret.Servers.Contains(server))))
        {
            Answer = typeof(Paged<SecretInfo>),
        },
        new("PUT", OneOfServer, "grantSecret", "Gives a server a secret that the tenant has.", exchange =>
            OnServerAsync(exchange, server => GrantAsync(exchange, server, isGranted: true)))
        {
            Answer = typeof(SecretInfo),
            Action = AuditActions.SecretWritten,
            Right = AdminRight.ToChange(AdminAreas.Secrets),
        },
        new("DELETE", OneOfServer, "withdrawSecret", "Gives a server a secret no more.", exchange =>
            OnServerAsync(exchange, server => GrantAsync(exchange, server, isGranted: false)))
        {
            Answer = typeof(SecretInfo),
            Action = AuditActions.SecretWritten,
            Right = AdminRight.ToChange(AdminAreas.Secrets),
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange, Func<SecretInfo, bool> isMeant)
    {
        var list = await exchange.Of<ISecretsGrain>().ListAsync(exchange.Context, exchange.Cancellation);
        return list.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<SecretInfo>([.. list.Secrets.Where(isMeant)], null));
    }

    private static async ValueTask<AdminAnswer> PutAsync(AdminExchange exchange)
    {
        var asked = exchange.BodyOf<SecretText>();
        var write = new SecretWrite
        {
            Name = exchange.Value("secret"),
            Value = asked.Value,
            Servers = asked.Servers,
        };
        return Answer(await exchange.Of<ISecretsGrain>().SetAsync(exchange.Context, write, exchange.Cancellation));
    }

    private static async ValueTask<AdminAnswer> DeleteAsync(AdminExchange exchange)
    {
        var fault = await exchange.Of<ISecretsGrain>()
            .DeleteAsync(exchange.Context, exchange.Value("secret"), exchange.Cancellation);
        return fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }

    private static async ValueTask<AdminAnswer> GrantAsync(AdminExchange exchange, ServerId server, bool isGranted) =>
        Answer(await exchange.Of<ISecretsGrain>().GrantAsync(
            exchange.Context, exchange.Value("secret"), server, isGranted, exchange.Cancellation));

    private static ValueTask<AdminAnswer> OnServerAsync(
        AdminExchange exchange, Func<ServerId, ValueTask<AdminAnswer>> act) =>
        ServerId.TryParse(exchange.Value("server"), null, out var server) ? act(server) : new(AdminAnswer.NotFound);

    private static AdminAnswer Answer(SecretOutcome outcome) =>
        outcome.Info is { } info ? AdminAnswer.Ok(info) : AdminAnswer.Refused(outcome.Fault!);
}
