using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Storage;

namespace Smcp.Security.Encryption;

internal static class EncryptionRegistration
{
    /// <summary>Adds what seals and opens texts that clients hold.</summary>
    public static IServiceCollection AddEncryption(this IServiceCollection services)
    {
        services.AddSection<SealerOptions>("Smcp:Sealer");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new StoredKeyRing(
            provider.GetRequiredService<IGrainStorage>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<SealerOptions>>().Value));
        services.TryAddSingleton<ISealer, AesGcmSealer>();
        return services;
    }
}
