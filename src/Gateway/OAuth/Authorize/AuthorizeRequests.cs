using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Network.Forwarding;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// Reads authorization requests, by their rules: when they come, and again when their browser brings them back. What it
/// brings is its own word, and is believed no more than the first time.
/// </summary>
internal sealed class AuthorizeRequests(
    IGrainLocator grains, TenantDoor door, CanonicalUrls urls, DocumentLookups lookups)
{
    /// <summary>The request that a query is; or what its sender is answered.</summary>
    public async ValueTask<(AskedRequest? Asked, PageAnswer? Refusal)> ReadAsync(HttpContext http, string text)
    {
        var query = AuthorizeQuery.Read(text);
        var client = await FindClientAsync(http, query[AuthorizeQuery.ClientId]);
        var facts = new AuthorizeFacts(query, client, urls.Base);
        if (AuthorizeRules.Check(AuthorizeRules.Shown, facts) is { } shown)
        {
            return (null, PageAnswer.Refuse("This app cannot be connected", shown.Description));
        }

        var redirectUri = query[AuthorizeQuery.RedirectUri]!;
        if (AuthorizeRules.Check(AuthorizeRules.Sent, facts) is { } sent)
        {
            return (null, AuthorizeAnswer.Error(redirectUri, query[AuthorizeQuery.State], urls.Issuer, sent));
        }

        var resource = query[AuthorizeQuery.Resource] is { } named ? ResourceUris.Read(named, urls.Base) : null;
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
        return (new AskedRequest(text, request, client.Client), null);
    }

    /// <summary>What is known of a client, whoever vouches for it; one goes with its tenant.</summary>
    public async ValueTask<ClientLookup> FindClientAsync(HttpContext http, string? text)
    {
        if (!ClientId.TryParse(text, null, out var client))
        {
            return ClientLookup.Refused("The app did not say who it is (client_id).");
        }

        if (client.IsDocument)
        {
            return await LookUpAsync(http, client);
        }

        var found = await DescribeAsync(http, client);
        return found.Client?.Tenant is not { } tenant || await door.IsThereAsync(http, tenant)
            ? found
            : ClientLookup.Refused("The client is not known.");
    }

    /// <summary>A document is of no tenant, and may have to be fetched first.</summary>
    private async ValueTask<ClientLookup> LookUpAsync(HttpContext http, ClientId client)
    {
        var address = ClientAddress.Of(http).Address;
        if (!lookups.TryEnter(address))
        {
            return ClientLookup.Refused("Too many apps are being looked up from here; try again in a moment.");
        }

        try
        {
            return await DescribeAsync(http, client);
        }
        finally
        {
            lookups.Leave(address);
        }
    }

    private Task<ClientLookup> DescribeAsync(HttpContext http, ClientId client) =>
        grains.Locate<IClientGrain>(ClientKey.Of(client)).DescribeAsync(client, http.RequestAborted);
}
