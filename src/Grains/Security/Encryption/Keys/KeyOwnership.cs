using System.Collections.Frozen;
using Smcp.Identity;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// The one rule that says whose a row is. A state is the tenant's that its grain key begins with; a log, named
/// <c>kind/tenant/…</c>, the tenant's that follows its kind. What is declared here is the platform's although a tenant
/// may be part of its key: it must stay readable when the tenant's keys are destroyed. So is what names no tenant, and
/// what is of the tenant <see cref="TenantId.Platform"/>.
/// </summary>
internal static class KeyOwnership
{
    /// <summary>The platform's grain types.</summary>
    public static FrozenSet<string> PlatformTypes { get; } =
        new[]
        {
            "keys", "key-ring", "directory", "audit", "signing-keys", "oauth-client", "oauth-registrar",
        }.ToFrozenSet();

    /// <summary>The platform's logs, by what their name begins with.</summary>
    public static FrozenSet<string> PlatformLogs { get; } =
        new[] { "audit", "key-deletions", "directory" }.ToFrozenSet();

    public static KeyOwner Of(StateAddress address) =>
        PlatformTypes.Contains(address.GrainType) ? KeyOwner.Platform : Named(address.GrainKey);

    public static KeyOwner OfLog(string log)
    {
        var slash = log.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 || PlatformLogs.Contains(log[..slash]) ? KeyOwner.Platform : Named(log[(slash + 1)..]);
    }

    private static KeyOwner Named(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? path : path[..slash];
        return TenantId.TryParse(first, null, out var tenant) && tenant != TenantId.Platform
            ? new KeyOwner(first)
            : KeyOwner.Platform;
    }
}
