using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Login;
using Smcp.Mcp;
using Smcp.Pages;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// Takes a request from one page to the next: who is there, do they agree, and the answer to the client.
/// </summary>
internal sealed class AuthorizeDesk(
    IGrainLocator grains,
    AuthorizeRequests requests,
    CanonicalUrls urls,
    BrowserSessions sessions,
    LoginView view,
    LoginAudit audit)
{
    /// <summary>The field, and the parameter, that names the waiting request.</summary>
    public const string RequestField = "request";

    private static readonly AuthorizeRefusal NoServer = new(
        AuthorizeErrors.InvalidTarget, "There is no such server, or not for this user.");

    /// <summary>
    /// The first page of a request. It is made to wait only for a user who is logged in: nobody fills the store by
    /// asking.
    /// </summary>
    public async ValueTask<PageAnswer> AskAsync(PageExchange exchange, AskedRequest asked)
    {
        if (await sessions.FindAsync(exchange, asked.Tenant) is not { } user)
        {
            return await ShowLoginAsync(exchange, asked, fault: null);
        }

        var key = AuthorizationKey.Random();
        await GrainOf(key).BeginAsync(asked.Request, exchange.Browser.Secret, exchange.Aborted);
        return await ContinueAsync(exchange, new WaitingRequest(key, asked.Request, asked.Client), user);
    }

    /// <summary>
    /// The request that a form brings back, waiting or not: it is believed no more than the first time.
    /// </summary>
    public async ValueTask<(AskedRequest? Asked, PageAnswer? Refusal)> ReadAsync(PageExchange exchange, string name) =>
        AuthorizationKey.TryRead(name, out _)
            ? (await FindAsync(exchange, name), Stale.Page)
            : await requests.ReadAsync(exchange.Http, name);

    /// <summary>
    /// The waiting request of this name, if this browser brought it. Its client is asked for again: it may be gone.
    /// </summary>
    public async ValueTask<WaitingRequest?> FindAsync(PageExchange exchange, string name)
    {
        if (!AuthorizationKey.TryRead(name, out var key)
            || await GrainOf(key).ReadAsync(exchange.Browser.Secret, exchange.Aborted) is not { } request)
        {
            return null;
        }

        var found = await requests.FindClientAsync(exchange.Http, request.Client.ToString());
        return found.Client is { } client && AuthorizeRules.IsRedirectUriOf(client, request.RedirectUri)
            ? new WaitingRequest(key, request, client)
            : null;
    }

    /// <summary>The page that the request waits for: log-in, consent, or none because all was said before.</summary>
    public async ValueTask<PageAnswer> ContinueAsync(PageExchange exchange, WaitingRequest waiting) =>
        await sessions.FindAsync(exchange, waiting.Tenant) is { } user
            ? await ContinueAsync(exchange, waiting, user)
            : await ShowLoginAsync(exchange, waiting, fault: null);

    /// <summary>
    /// The consent page. A client of 2025-03-26 does not say which server it means: its user picks one.
    /// </summary>
    public async ValueTask<PageAnswer> ShowConsentAsync(
        PageExchange exchange, WaitingRequest waiting, LoggedIn user, string? problem)
    {
        var offered = waiting.Request.Resource is null
            ? await grains.Locate<IServerListGrain>(user.Tenant.ToString())
                .OfferAsync(user.ContextOf(exchange), ServerPicker.ShownMax + 1, exchange.Aborted)
            : null;
        return ConsentView.Show(exchange, waiting, user, offered ?? [], problem);
    }

    public ValueTask<PageAnswer> ShowLoginAsync(PageExchange exchange, AskedRequest asked, McpFault? fault) =>
        view.ShowAsync(exchange, AuthorizeLoginPage.TermsOf(asked), fault);

    /// <summary>The user agreed, now or before: the client gets its code. The request is answered once.</summary>
    public async ValueTask<PageAnswer> GrantAsync(
        PageExchange exchange, WaitingRequest waiting, LoggedIn user, string resource)
    {
        if (await GrainOf(waiting.Key).TakeAsync(exchange.Browser.Secret, exchange.Aborted) is not { } request)
        {
            return Stale.Page;
        }

        var grant = new GrantKey(user.Tenant, GrantId.Random());
        var issue = await grains.Locate<IGrantGrain>(grant.ToString()).AuthorizeAsync(
            user.ContextOf(exchange),
            new GrantRequest
            {
                Client = request.Client,
                RedirectUri = request.RedirectUri,
                Resource = resource,
                Scopes = request.Scopes,
                CodeChallenge = request.CodeChallenge,
            },
            exchange.Aborted);
        if (issue.Code is not { } code)
        {
            return AuthorizeAnswer.Error(
                request.RedirectUri, request.State, urls.Issuer, RefusalOf(issue.Refusal ?? TokenRefusal.UnknownGrant));
        }

        audit.Done(user.ContextOf(exchange), AuditActions.ConsentGranted, $"client/{request.Client}");
        await UserOf(user).RememberConsentAsync(TermsOf(waiting, resource), exchange.Aborted);
        return AuthorizeAnswer.Code(request.RedirectUri, request.State, urls.Issuer, code);
    }

    /// <summary>The client gets an error. The request is answered once.</summary>
    public async ValueTask<PageAnswer> RefuseAsync(
        PageExchange exchange, WaitingRequest waiting, AuthorizeRefusal refusal) =>
        await GrainOf(waiting.Key).TakeAsync(exchange.Browser.Secret, exchange.Aborted) is { } request
            ? AuthorizeAnswer.Error(request.RedirectUri, request.State, urls.Issuer, refusal)
            : Stale.Page;

    /// <summary>The resource of a server that the user picked; null when there is none.</summary>
    public async ValueTask<string?> PickAsync(PageExchange exchange, LoggedIn user, string server) =>
        ServerId.TryParse(server.Trim().ToLowerInvariant(), null, out var id)
        && urls.ResourceOf(user.Tenant, id) is var resource
        && await IsServedAsync(exchange, user, resource)
            ? resource
            : null;

    private async ValueTask<PageAnswer> ContinueAsync(PageExchange exchange, WaitingRequest waiting, LoggedIn user)
    {
        if (waiting.Request.Resource is not { } resource)
        {
            return await ShowConsentAsync(exchange, waiting, user, problem: null);
        }

        if (!await IsServedAsync(exchange, user, resource))
        {
            return await RefuseAsync(exchange, waiting, NoServer);
        }

        // An app of this machine cannot prove that it is the one that was agreed to (RFC 8252 section 8.6), so its
        // user is asked each time.
        return !waiting.Target.IsLocal && await HasConsentAsync(exchange, waiting, user, resource)
            ? await GrantAsync(exchange, waiting, user, resource)
            : await ShowConsentAsync(exchange, waiting, user, problem: null);
    }

    private static ConsentTerms TermsOf(WaitingRequest waiting, string resource) => new()
    {
        ClientId = waiting.Request.Client.ToString(),
        RedirectHost = waiting.Target.Host,
        Resource = resource,
        Scope = string.Join(' ', waiting.Request.Scopes),
    };

    private static AuthorizeRefusal RefusalOf(TokenRefusal refusal) => refusal switch
    {
        TokenRefusal.NothingPermitted or TokenRefusal.ScopeTooBroad => new AuthorizeRefusal(
            AuthorizeErrors.AccessDenied, "The user may not do what was asked for."),
        TokenRefusal.PrincipalRefused or TokenRefusal.TenantRefused => new AuthorizeRefusal(
            AuthorizeErrors.AccessDenied, "The user may not log in."),
        TokenRefusal.ClientRefused or TokenRefusal.OtherRedirectUri or TokenRefusal.OtherClient =>
            new AuthorizeRefusal(AuthorizeErrors.UnauthorizedClient, "The client may not act here."),
        TokenRefusal.OtherResource => NoServer,
        _ => new AuthorizeRefusal(AuthorizeErrors.ServerError, "The request could not be completed."),
    };

    private async ValueTask<bool> IsServedAsync(PageExchange exchange, LoggedIn user, string resource)
    {
        if (ResourceUris.Read(resource, urls.Base) is not { } named)
        {
            return false;
        }

        if (named is not { Tenant: { } tenant, Server: { } server })
        {
            return true;
        }

        var lookup = await grains.Locate<IServerGrain>(new ServerKey(tenant, server).ToString())
            .DescribeAsync(user.ContextOf(exchange), exchange.Aborted);
        return lookup.Definition is not null;
    }

    /// <summary>Consent is remembered as long as what it gave is in force: who ended that is asked again.</summary>
    private async ValueTask<bool> HasConsentAsync(
        PageExchange exchange, WaitingRequest waiting, LoggedIn user, string resource) =>
        await UserOf(user).HasConsentAsync(TermsOf(waiting, resource), exchange.Aborted)
        && await grains.Locate<IUserGrantsGrain>(new UserKey(user.Tenant, user.User.Id).ToString())
            .HasAsync(waiting.Request.Client, resource, waiting.Request.Scopes, exchange.Aborted);

    private IUserGrain UserOf(LoggedIn user) =>
        grains.Locate<IUserGrain>(new UserKey(user.Tenant, user.User.Id).ToString());

    private IAuthorizationGrain GrainOf(AuthorizationKey key) => grains.Locate<IAuthorizationGrain>(key.ToString());
}
