using Smcp.Login;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>Where a browser comes back to a waiting request, so that no form is sent twice by going back.</summary>
internal sealed class ContinuePage(AuthorizeDesk desk) : IPage
{
    public const string Location = "/authorize/continue";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var name = exchange.Query[AuthorizeDesk.RequestField].ToString();
        return await desk.FindAsync(exchange, name) is { } waiting
            ? await desk.ContinueAsync(exchange, waiting)
            : Stale.Page;
    }

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);
}
