using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Security.Secrets;

/// <summary>Registers secrets.</summary>
internal static class SecretsRegistration
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSection<SecretOptions>("Smcp:Secrets");
        services.TryAddSingleton<SecretAudit>();
        return services.AddGrain<ISecretsGrain, SecretsGrain>();
    }
}
