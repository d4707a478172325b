using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Network.Forwarding;

namespace Smcp.OAuth.Clients;

/// <summary>
/// The client is who it says, by the way that it is registered for and no other (OAuth 2.1 section 2.4). An unknown
/// client and a wrong secret are answered alike. Then it is counted: nobody else spends what it may ask for.
/// </summary>
internal sealed class ClientIsAuthenticated(
    IGrainLocator grains, TenantDoor door, ClientRates rates, CanonicalUrls urls)
    : IOAuthRule<OAuthExchange>
{
    private const string BasicChallenge = "Basic realm=\"token\", charset=\"UTF-8\"";

    private static readonly OAuthError TwoWays = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "The client authenticates in two ways.");

    private static readonly OAuthError Refused = new(
        StatusCodes.Status401Unauthorized, OAuthErrorCodes.InvalidClient, "The client is not authenticated.");

    private static readonly OAuthError RefusedBasic = Refused with { Challenge = BasicChallenge };

    private static readonly OAuthError TooOften = new(
        StatusCodes.Status429TooManyRequests,
        OAuthErrorCodes.TemporarilyUnavailable,
        "The client asks too often; try again later.");

    public async ValueTask<OAuthError?> CheckAsync(OAuthExchange exchange, CancellationToken cancellationToken)
    {
        var headers = exchange.Http.Request.Headers.Authorization;
        var ways = headers.Count + Count(exchange.Form["client_secret"]) + Count(exchange.Form["client_assertion"]);
        if (ways > 1)
        {
            return TwoWays;
        }

        var credential = headers.Count == 1 ? OfHeader(headers[0]!, exchange.Form) : OfForm(exchange.Form);
        if (credential is not null && await IsGenuineAsync(exchange, credential, cancellationToken))
        {
            exchange.Client = credential.Client;
            return CheckRate(exchange);
        }

        return headers.Count == 1 ? RefusedBasic : Refused;
    }

    private async ValueTask<bool> IsProvenAsync(
        IClientGrain client, ClientCredential credential, CancellationToken cancellationToken) =>
        credential switch
        {
            { Method: ClientAuthentication.None } => true,
            { Proof: null } => false,
            { Method: ClientAuthentication.PrivateKeyJwt } =>
                await client.VerifyAssertionAsync(credential.Proof, urls.Issuer, cancellationToken),
            _ => await client.VerifySecretAsync(credential.Proof, cancellationToken),
        };

    private static int Count(string? parameter) => parameter is null ? 0 : 1;

    private OAuthError? CheckRate(OAuthExchange exchange)
    {
        var isProven = exchange.Registration is { Authentication: not ClientAuthentication.None };
        var address = ClientAddress.Of(exchange.Http).Address;
        return rates.TrySpend(exchange.Client, isProven, address, out var wait)
            ? null
            : TooOften with { RetryAfter = wait };
    }

    private static ClientCredential? OfHeader(string header, OAuthForm form) =>
        BasicCredential.IsBasic(header)
        && BasicCredential.Read(header) is var (id, secret)
        && ClientId.TryParse(id, null, out var client)
        && (form["client_id"] is not { } named || named == id)
            ? new ClientCredential(client, ClientAuthentication.SecretBasic, secret)
            : null;

    private static ClientCredential? OfForm(OAuthForm form) =>
        form["client_assertion"] is { } assertion ? AssertionCredential.Read(assertion, form)
        : !ClientId.TryParse(form["client_id"], null, out var client) ? null
        : form["client_secret"] is { } secret
            ? new ClientCredential(client, ClientAuthentication.SecretPost, secret)
            : new ClientCredential(client, ClientAuthentication.None, null);

    private async ValueTask<bool> IsGenuineAsync(
        OAuthExchange exchange, ClientCredential credential, CancellationToken cancellationToken)
    {
        // A document's client is public by nature; that its codes are its own, the grant knows. Nothing is fetched.
        if (credential.Client.IsDocument)
        {
            return credential.Method == ClientAuthentication.None;
        }

        var grain = grains.Locate<IClientGrain>(ClientKey.Of(credential.Client));
        var registration = (await grain.DescribeAsync(credential.Client, cancellationToken)).Client;
        exchange.Registration = registration;
        return registration is not null
            && registration.Authentication == credential.Method
            && (registration.Tenant is not { } tenant || await door.IsThereAsync(exchange.Http, tenant))
            && await IsProvenAsync(grain, credential, cancellationToken);
    }
}
