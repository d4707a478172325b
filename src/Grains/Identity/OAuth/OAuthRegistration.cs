using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Identity.OAuth.Authorizations;
using Smcp.Identity.OAuth.Clients;
using Smcp.Identity.OAuth.Grants;
using Smcp.Identity.OAuth.Keys;
using Smcp.Network.Egress;
using Smcp.Security.Access;

namespace Smcp.Identity.OAuth;

/// <summary>Registers the authorization server: clients, grants, and the keys that sign.</summary>
public static class OAuthRegistration
{
    public static IServiceCollection AddOAuth(this IServiceCollection services)
    {
        services.AddEgress();
        services.AddAccess();
        services.AddSecretDigests();
        services.AddSection<ClientOptions>("Smcp:OAuth:Clients");
        services.AddSection<GrantOptions>("Smcp:OAuth:Grants");
        services.AddSection<SigningKeyOptions>("Smcp:OAuth:SigningKeys");
        services.TryAddSingleton<ClientDocuments>();
        services.TryAddSingleton<ClientKeySets>();
        services.TryAddSingleton<OAuthAudit>();
        services.AddSection<AuthorizationOptions>("Smcp:OAuth:Authorizations");
        return services
            .AddGrain<IAuthorizationGrain, AuthorizationGrain>()
            .AddGrain<IClientGrain, ClientGrain>()
            .AddGrain<IClientsGrain, ClientsGrain>()
            .AddGrain<IRegistrarGrain, RegistrarGrain>()
            .AddGrain<IGrantGrain, GrantGrain>()
            .AddGrain<IUserGrantsGrain, UserGrantsGrain>()
            .AddGrain<ISigningKeysGrain, SigningKeysGrain>();
    }
}
