using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Identity.Keys;
using Smcp.Identity.Replays;
using Smcp.Security.Access;

namespace Smcp.Identity;

/// <summary>Registers who may call, and what they may do.</summary>
internal static class IdentityRegistration
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSection<ApiKeyOptions>("Smcp:ApiKeys");
        services.AddSection<ReplayOptions>("Smcp:Replays");
        services.TryAddSingleton(TimeProvider.System);
        services.AddAccess();
        services.AddSecretDigests();
        return services
            .AddGrain<IApiKeyGrain, ApiKeyGrain>()
            .AddGrain<IReplayGrain, ReplayGrain>()
            .AddGrain<IApiKeysGrain, ApiKeysGrain>();
    }
}
