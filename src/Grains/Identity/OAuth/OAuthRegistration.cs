using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Identity.OAuth.Authorizations;
using Smcp.Identity.OAuth.Clients;
using Smcp.Identity.OAuth.Grants;
using Smcp.Identity.OAuth.Keys;

namespace Smcp.Identity.OAuth;

/// <summary>Registers the authorization server: clients, grants, and the keys that sign.</summary>
public static class OAuthRegistration
{
    public static IServiceCollection AddOAuth(this IServiceCollection services)
    {
        services.AddSection<AuthorizationOptions>("Smcp:OAuth:Authorizations");
        return services
            .AddGrain<IAuthorizationGrain, AuthorizationGrain>()
            .AddGrain<IClientGrain, ClientGrain>()
            .AddGrain<IRegistrarGrain, RegistrarGrain>()
            .AddGrain<IGrantGrain, GrantGrain>()
            .AddGrain<ISigningKeysGrain, SigningKeysGrain>();
    }
}
