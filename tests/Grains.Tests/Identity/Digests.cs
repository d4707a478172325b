using Smcp.Security.Encryption;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Identity;

/// <summary>Digests of secrets, under keys in a store that a test has or that is its own.</summary>
internal static class Digests
{
    public static SecretDigester Make(IGrainStorage? storage = null) => new(new StoredKeyRing(
        storage ?? new InMemoryGrainStorage(),
        new ManualTimeProvider(),
        new SealerOptions { KeyRotation = TimeSpan.MaxValue, KeysMax = 64 },
        "credentials"));
}
