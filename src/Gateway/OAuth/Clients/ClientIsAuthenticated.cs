using Microsoft.AspNetCore.Http;
using Smcp.Engine;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Clients;

/// <summary>
/// The client is who it says, by the way that it is registered for and no other (OAuth 2.1 section 2.4). An unknown
/// client and a wrong secret are answered alike.
/// </summary>
internal sealed class ClientIsAuthenticated(IGrainLocator grains) : IOAuthRule<OAuthExchange>
{
    private const string BasicChallenge = "Basic realm=\"token\", charset=\"UTF-8\"";

    private static readonly OAuthError TwoWays = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "The client authenticates in two ways.");

    private static readonly OAuthError Refused = new(
        StatusCodes.Status401Unauthorized, OAuthErrorCodes.InvalidClient, "The client is not authenticated.");

    private static readonly OAuthError RefusedBasic = Refused with { Challenge = BasicChallenge };

    public async ValueTask<OAuthError?> CheckAsync(OAuthExchange exchange, CancellationToken cancellationToken)
    {
        var headers = exchange.Http.Request.Headers.Authorization;
        if (headers.Count > 1 || (headers.Count == 1 && exchange.Form["client_secret"] is not null))
        {
            return TwoWays;
        }

        var credential = headers.Count == 1 ? OfHeader(headers[0]!, exchange.Form) : OfForm(exchange.Form);
        if (credential is not null && await IsGenuineAsync(exchange, credential, cancellationToken))
        {
            exchange.Client = credential.Client;
            return null;
        }

        return headers.Count == 1 ? RefusedBasic : Refused;
    }

    private static ClientCredential? OfHeader(string header, OAuthForm form) =>
        BasicCredential.IsBasic(header)
        && BasicCredential.Read(header) is var (id, secret)
        && ClientId.TryParse(id, null, out var client)
        && (form["client_id"] is not { } named || named == id)
            ? new ClientCredential(client, ClientAuthentication.SecretBasic, secret)
            : null;

    private static ClientCredential? OfForm(OAuthForm form) =>
        !ClientId.TryParse(form["client_id"], null, out var client) ? null
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
            && (credential.Secret is null || await grain.VerifySecretAsync(credential.Secret, cancellationToken));
    }
}
