using Microsoft.Extensions.DependencyInjection;
using Smcp.Auth;
using Smcp.Configuration;
using Smcp.OAuth.AccessTokens;
using Smcp.OAuth.Clients;
using Smcp.OAuth.Jwks;
using Smcp.OAuth.Metadata;
using Smcp.OAuth.Registration;
using Smcp.OAuth.Revocation;
using Smcp.OAuth.Token;

namespace Smcp.OAuth;

/// <summary>Adds the authorization server's endpoints.</summary>
internal static class OAuthServiceCollectionExtensions
{
    public static IServiceCollection AddOAuthEndpoints(this IServiceCollection services)
    {
        services.AddSection<OAuthOptions>(OAuthOptions.Section);
        return services
            .AddSingleton<KeySets>()
            .AddSingleton<AccessTokenReader>()
            .AddSingleton<ClientAudit>()
            .AddSingleton<ICredentialScheme, AccessTokenScheme>()
            .AddRules()
            .AddSingleton<IOAuthEndpoint, AuthorizationServerMetadata>()
            .AddSingleton<IOAuthEndpoint, ProtectedResourceMetadata>()
            .AddSingleton<IOAuthEndpoint, JwksEndpoint>()
            .AddSingleton<IOAuthEndpoint, RegistrationEndpoint>()
            .AddSingleton<IOAuthEndpoint, TokenEndpoint>()
            .AddSingleton<IOAuthEndpoint, RevocationEndpoint>();
    }

    private static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddSingleton<RequestIsAForm>()
        .AddSingleton<ParametersAreSingle>()
        .AddSingleton<ClientIsAuthenticated>()
        .AddSingleton<ClientRates>()
        .AddSingleton<GrantTypeIsServed>()
        .AddSingleton<ClientMayUseTheGrantType>()
        .AddSingleton<ResourceIsOurs>()
        .AddSingleton<ScopesAreWellFormed>()
        .AddSingleton<GrantGivesTokens>()
        .AddSingleton<TokenIsGiven>()
        .AddSingleton<TokenRules>()
        .AddSingleton<RevocationRules>();
}
