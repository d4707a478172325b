using Microsoft.Extensions.Options;
using Smcp.Security.Encryption.Keys;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>When no node writes with a retired key any more.</summary>
internal sealed class TenantRotationClock(TimeProvider time, IOptions<EncryptionOptions> options)
{
    public bool IsPast(DataKeyRing ring) => ring.Keys.All(key =>
        key.RetiredAt is not { } retired || time.GetUtcNow() - retired >= options.Value.RetiredKeyGrace);
}
