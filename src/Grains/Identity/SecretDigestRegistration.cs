using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp.Identity;

/// <summary>Registers how secrets are digested.</summary>
internal static class SecretDigestRegistration
{
    /// <summary>Adds <see cref="SecretDigester"/>, once however often it is called.</summary>
    public static IServiceCollection AddSecretDigests(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SecretDigester(new StoredKeyRing(
            provider.GetRequiredService<IGrainStorage>(),
            provider.GetRequiredService<TimeProvider>(),
            new SealerOptions { KeyRotation = TimeSpan.MaxValue, KeysMax = 64 },
            "credentials")));
        return services;
    }
}
