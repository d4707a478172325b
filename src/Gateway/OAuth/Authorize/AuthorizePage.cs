using Microsoft.AspNetCore.Http;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// The authorization endpoint (OAuth 2.1 section 3.1): checks the request by its rules, and shows the first page that
/// it needs.
/// </summary>
internal sealed class AuthorizePage(AuthorizeRequests requests, AuthorizeDesk desk) : IPage
{
    public const string Location = "/authorize";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var query = exchange.Http.Request.QueryString.Value?.TrimStart('?') ?? string.Empty;
        var (asked, refusal) = await requests.ReadAsync(exchange.Http, query);
        return asked is null ? refusal! : await desk.AskAsync(exchange, asked);
    }

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => ValueTask.FromResult(PageAnswer.Refuse(
        "This page does not do that", "An authorization request is sent by GET.",
        StatusCodes.Status405MethodNotAllowed));
}
