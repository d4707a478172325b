using System.Globalization;
using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>
/// The key of an instance grain: <c>tenant/server/partition</c>, or of a version that was deployed
/// <c>tenant/server/v12/partition</c>, so that whoever holds the key stays with the version (decision 79). The
/// partition is <c>shared</c>, or for scope <c>session</c> the session's id, or for a client without sessions its
/// principal, or for scope <c>pool</c> the number of a member.
/// </summary>
public readonly record struct InstanceKey(TenantId Tenant, ServerId Server, string Partition)
{
    public const string Shared = "shared";

    private const string OfPool = "pool-";
    private const char OfVersion = 'v';
    private const char OfManifest = 'm';

    /// <summary>The version that it runs; null for a server that came with the process.</summary>
    public long? Version { get; init; }

    /// <summary>Whether it only finds out what the version offers, and serves nobody.</summary>
    public bool IsForManifest { get; init; }

    /// <summary>Which member of a pool it is; null where it is none.</summary>
    public uint? Member =>
        Partition.StartsWith(OfPool, StringComparison.Ordinal)
        && uint.TryParse(
            Partition.AsSpan(OfPool.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Whether it serves one session, or one principal.</summary>
    public bool IsOfOne => Partition != Shared && Member is null;

    public static InstanceKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts switch
        {
            [var tenant, var server, var partition] =>
                new InstanceKey(TenantId.Parse(tenant), ServerId.Parse(server), partition),
            [var tenant, var server, [OfVersion or OfManifest, .. var number], var partition] =>
                new InstanceKey(TenantId.Parse(tenant), ServerId.Parse(server), partition)
                {
                    Version = long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture),
                    IsForManifest = parts[2][0] == OfManifest,
                },
            _ => throw new FormatException("Not a valid instance key."),
        };
    }

    /// <summary>
    /// The instance that serves a caller: a session by its id, a client without session by its principal. Whether it is
    /// of the canary's version, the principal decides in both.
    /// </summary>
    public static InstanceKey Of(
        ServerKey server, ServerDefinition definition, string caller, PrincipalId principal)
    {
        var canary = definition.Canary is { } some && some.Serves(principal) ? some : null;
        var partition = (canary?.Scope ?? definition.Scope) switch
        {
            InstanceScope.Shared => Shared,
            InstanceScope.Session => caller,
            InstanceScope.Pool => $"{OfPool}{MemberOf(caller, canary?.PoolMembers ?? definition.PoolMembers)}",
            _ => throw new InvalidOperationException($"No instance is defined for scope {definition.Scope}."),
        };
        return new InstanceKey(server.Tenant, server.Server, partition)
        {
            Version = canary?.Number ?? definition.Deployed?.Number,
        };
    }

    /// <summary>The instance that finds out what a version offers.</summary>
    public static InstanceKey ForManifest(ServerKey server, long version) =>
        new(server.Tenant, server.Server, Shared) { Version = version, IsForManifest = true };

    private static uint MemberOf(string caller, int members) => StableHash.Of(caller) % (uint)Math.Max(members, 1);

    /// <inheritdoc/>
    public override string ToString() => Version is { } version
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{Tenant}/{Server}/{(IsForManifest ? OfManifest : OfVersion)}{version}/{Partition}")
        : $"{Tenant}/{Server}/{Partition}";
}
