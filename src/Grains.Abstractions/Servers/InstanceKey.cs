using System.Text;
using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>
/// The key of an instance grain: <c>tenant/server/partition</c>. The partition is <c>shared</c>, or for scope
/// <c>session</c> the session's id, or for a client without sessions its principal, or for scope <c>pool</c> the number
/// of a member.
/// </summary>
public readonly record struct InstanceKey(TenantId Tenant, ServerId Server, string Partition)
{
    public const string Shared = "shared";

    private const uint HashBasis = 2_166_136_261;
    private const uint HashPrime = 16_777_619;

    public static InstanceKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? new InstanceKey(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]), parts[2])
            : throw new FormatException("Not a valid instance key.");
    }

    /// <summary>
    /// The instance that serves a caller: a session by its id, a client without session by its principal.
    /// </summary>
    public static InstanceKey Of(ServerKey server, ServerDefinition definition, string caller) => new(
        server.Tenant,
        server.Server,
        definition.Scope switch
        {
            InstanceScope.Shared => Shared,
            InstanceScope.Session => caller,
            InstanceScope.Pool => $"pool-{MemberOf(caller, definition.PoolMembers)}",
            _ => throw new InvalidOperationException($"No instance is defined for scope {definition.Scope}."),
        });

    /// <summary>FNV-1a: the same on every node and in every version.</summary>
    private static uint MemberOf(string caller, int members)
    {
        var hash = HashBasis;
        foreach (var value in Encoding.UTF8.GetBytes(caller))
        {
            hash = (hash ^ value) * HashPrime;
        }

        return hash % (uint)Math.Max(members, 1);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}/{Partition}";
}
