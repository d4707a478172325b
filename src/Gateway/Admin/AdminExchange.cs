using System.Globalization;
using Microsoft.AspNetCore.Http;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Admin;

/// <summary>One request of the API, after it was found to be one: who asks, for what, and with which body.</summary>
internal sealed class AdminExchange(
    HttpContext http,
    AdminRoute route,
    IReadOnlyDictionary<string, string> values,
    CallContext context,
    IGrainLocator grains,
    AdminOptions options)
{
    /// <summary>Keys of what servers store are cursors, and so long at most.</summary>
    private const int CursorLengthMax = 1_024;

    public HttpContext Http => http;

    public AdminRoute Route => route;

    public CallContext Context => context;

    public IGrainLocator Grains => grains;

    /// <summary>The tenant of the path; checked before the route's handler runs.</summary>
    public TenantId Tenant { get; set; }

    /// <summary>The version that <c>If-Match</c> names; null where it names none.</summary>
    public long? Expected { get; set; }

    /// <summary>The body, as the route's type.</summary>
    public object? Body { get; set; }

    /// <summary>The archive that came instead of a body; gone after the exchange.</summary>
    public Stream? Archive { get; set; }

    /// <summary>What is begun to be changed is not abandoned because nobody waits for the answer.</summary>
    public CancellationToken Cancellation => route.Action is null ? http.RequestAborted : CancellationToken.None;

    public string? After => http.Request.Query["after"] is [{ Length: > 0 and <= CursorLengthMax } after]
        ? after
        : null;

    public int Limit => int.TryParse(http.Request.Query["limit"], CultureInfo.InvariantCulture, out var limit)
        ? Math.Clamp(limit, 1, options.PageItemsMax)
        : options.PageItems;

    public string Value(string name) => values[name];

    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } value] ? value : null;

    public TBody BodyOf<TBody>() => (TBody)Body!;

    public TGrain Of<TGrain>()
        where TGrain : class => grains.Locate<TGrain>(Tenant.ToString());
}
