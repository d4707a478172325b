using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// The authorization endpoint (OAuth 2.1 section 3.1): checks the request by its rules, makes it wait, and shows the
/// first page that it needs.
/// </summary>
internal sealed class AuthorizePage(AuthorizeDesk desk, CanonicalUrls urls) : IPage
{
    public const string Location = "/authorize";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var query = new AuthorizeQuery(exchange.Query);
        var client = await desk.FindClientAsync(query[AuthorizeQuery.ClientId], exchange.Aborted);
        var facts = new AuthorizeFacts(query, client, urls.Base);
        if (AuthorizeRules.Check(AuthorizeRules.Shown, facts) is { } shown)
        {
            return PageAnswer.Refuse("This app cannot be connected", shown.Description);
        }

        var redirectUri = query[AuthorizeQuery.RedirectUri]!;
        if (AuthorizeRules.Check(AuthorizeRules.Sent, facts) is { } sent)
        {
            return AuthorizeAnswer.Error(redirectUri, query[AuthorizeQuery.State], desk.Issuer, sent);
        }

        var resource = query[AuthorizeQuery.Resource] is { } text ? ResourceUris.Read(text, urls.Base) : null;
        var request = new AuthorizationRequest
        {
            Client = client.Client!.Id,
            RedirectUri = redirectUri,
            State = query[AuthorizeQuery.State],
            CodeChallenge = query[AuthorizeQuery.CodeChallenge]!,
            Scopes = AuthorizeRules.ScopesOf(query, client.Client),
            Resource = resource?.Canonical,
            Tenant = resource?.Tenant,
        };
        return await desk.ContinueAsync(exchange, await desk.BeginAsync(exchange, request, client.Client));
    }

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => ValueTask.FromResult(PageAnswer.Refuse(
        "This page does not do that", "An authorization request is sent by GET.",
        StatusCodes.Status405MethodNotAllowed));
}
