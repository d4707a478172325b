using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>The OAuth clients of a tenant. A client's secret is said once, and not said again.</summary>
internal sealed class ClientsApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/clients";
    private const string One = All + "/{client}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listClients", "The OAuth clients of a tenant.", ListAsync)
        {
            Answer = typeof(Paged<OAuthClient>),
            IsPaged = true,
        },
        new("POST", All, "createClient", "Registers a client; the answer is the only one with its secret.", CreateAsync)
        {
            Body = typeof(ClientRequest),
            Answer = typeof(ClientCreated),
            Status = StatusCodes.Status201Created,
            Action = AuditActions.ClientRegistered,
            Right = AdminRight.ToChange(AdminAreas.Clients),
        },
        new("GET", One, "readClient", "An OAuth client.", ReadAsync) { Answer = typeof(OAuthClient) },
        new("POST", One + "/rotate", "rotateClient", "Gives a client a new secret.", RotateAsync)
        {
            Body = typeof(SecretRotation),
            Answer = typeof(ClientCreated),
            Action = AuditActions.ClientRotated,
            Right = AdminRight.ToChange(AdminAreas.Clients),
        },
        new("DELETE", One, "deleteClient", "Removes a client, and ends what it was allowed to do.", DeleteAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.ClientDeleted,
            Right = AdminRight.ToChange(AdminAreas.Clients),
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        var page = await exchange.Of<IClientsGrain>()
            .ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<OAuthClient>(page.Clients, page.Next));
    }

    private static async ValueTask<AdminAnswer> CreateAsync(AdminExchange exchange)
    {
        var issued = await exchange.Of<IClientsGrain>()
            .CreateAsync(exchange.Context, exchange.BodyOf<ClientRequest>(), exchange.Cancellation);
        return issued.Client is { } client
            ? Answer(issued, client) with
            {
                Status = StatusCodes.Status201Created,
                Location = $"/tenants/{exchange.Tenant}/clients/{client.Id}",
            }
            : AdminAnswer.Refused(issued.Fault!);
    }

    private static async ValueTask<AdminAnswer> ReadAsync(AdminExchange exchange)
    {
        if (!TryRead(exchange, out var id))
        {
            return AdminAnswer.NotFound;
        }

        var read = await exchange.Of<IClientsGrain>().ReadAsync(exchange.Context, id, exchange.Cancellation);
        return read.Client is { } client ? AdminAnswer.Ok(client) : AdminAnswer.Refused(read.Fault!);
    }

    private static async ValueTask<AdminAnswer> RotateAsync(AdminExchange exchange)
    {
        if (!TryRead(exchange, out var id))
        {
            return AdminAnswer.NotFound;
        }

        var issued = await exchange.Of<IClientsGrain>().RotateSecretAsync(
            exchange.Context, id, exchange.BodyOf<SecretRotation>().Grace, exchange.Cancellation);
        return issued.Client is { } client ? Answer(issued, client) : AdminAnswer.Refused(issued.Fault!);
    }

    private static async ValueTask<AdminAnswer> DeleteAsync(AdminExchange exchange)
    {
        if (!TryRead(exchange, out var id))
        {
            return AdminAnswer.NotFound;
        }

        var fault = await exchange.Of<IClientsGrain>().DeleteAsync(exchange.Context, id, exchange.Cancellation);
        return fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }

    private static bool TryRead(AdminExchange exchange, out ClientId client) =>
        ClientId.TryParse(exchange.Value("client"), null, out client);

    private static AdminAnswer Answer(ClientIssued issued, OAuthClient client) =>
        AdminAnswer.Ok(new ClientCreated(client, issued.Secret)) with { Repeat = new ClientCreated(client, null) };
}
