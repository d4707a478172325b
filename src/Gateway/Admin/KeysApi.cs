using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>The API keys of a tenant. A key's text is said once, and not said again.</summary>
internal sealed class KeysApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/keys";
    private const string One = All + "/{key}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listKeys", "The keys of a tenant.", ListAsync)
        {
            Answer = typeof(Paged<ApiKeyInfo>),
            IsPaged = true,
        },
        new("POST", All, "createKey", "Makes a key; the answer is the only one with its text.", CreateAsync)
        {
            Body = typeof(ApiKeyRequest),
            Answer = typeof(KeyCreated),
            Status = StatusCodes.Status201Created,
            Action = AuditActions.KeyCreated,
            Right = AdminRight.ToChange(AdminAreas.Keys),
        },
        new("POST", One + "/rotate", "rotateKey", "Gives a key a new text.", RotateAsync)
        {
            Body = typeof(KeyRotation),
            Answer = typeof(KeyCreated),
            Action = AuditActions.KeyRotated,
            Right = AdminRight.ToChange(AdminAreas.Keys),
        },
        new("DELETE", One, "revokeKey", "Ends a key, for good.", RevokeAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.KeyRevoked,
            Right = AdminRight.ToChange(AdminAreas.Keys),
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        var page = await exchange.Of<IApiKeysGrain>()
            .ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<ApiKeyInfo>(page.Keys, page.Next));
    }

    private static async ValueTask<AdminAnswer> CreateAsync(AdminExchange exchange)
    {
        var issued = await exchange.Of<IApiKeysGrain>()
            .CreateAsync(exchange.Context, exchange.BodyOf<ApiKeyRequest>(), exchange.Cancellation);
        return issued.Info is { } info
            ? Answer(issued, info) with
            {
                Status = StatusCodes.Status201Created,
                Location = $"/tenants/{exchange.Tenant}/keys/{info.KeyId}",
            }
            : AdminAnswer.Refused(issued.Fault!);
    }

    private static async ValueTask<AdminAnswer> RotateAsync(AdminExchange exchange)
    {
        var issued = await exchange.Of<IApiKeysGrain>().RotateAsync(
            exchange.Context, exchange.Value("key"), exchange.BodyOf<KeyRotation>().Grace, exchange.Cancellation);
        return issued.Info is { } info ? Answer(issued, info) : AdminAnswer.Refused(issued.Fault!);
    }

    private static async ValueTask<AdminAnswer> RevokeAsync(AdminExchange exchange)
    {
        var fault = await exchange.Of<IApiKeysGrain>()
            .RevokeAsync(exchange.Context, exchange.Value("key"), exchange.Cancellation);
        return fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }

    private static AdminAnswer Answer(ApiKeyIssued issued, ApiKeyInfo info) =>
        AdminAnswer.Ok(new KeyCreated(info, issued.Text)) with { Repeat = new KeyCreated(info, null) };
}
