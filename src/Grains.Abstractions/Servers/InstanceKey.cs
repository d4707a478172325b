using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>
/// The key of an instance grain: <c>tenant/server/partition</c>. The partition is <c>shared</c>, or for scope
/// <c>session</c> the session's id, or for a client without sessions its principal.
/// </summary>
public readonly record struct InstanceKey(TenantId Tenant, ServerId Server, string Partition)
{
    public const string Shared = "shared";

    public static InstanceKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? new InstanceKey(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]), parts[2])
            : throw new FormatException("Not a valid instance key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}/{Partition}";
}
