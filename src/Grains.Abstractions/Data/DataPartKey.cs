using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Data;

/// <summary>
/// The key of a part of what a server stores: <c>tenant/server/part</c>. The parts share the keys out by their SHA-256.
/// </summary>
public readonly record struct DataPartKey(TenantId Tenant, ServerId Server, int Part)
{
    /// <summary>Parts of a store. Part of the stored form: another number would look for keys elsewhere.</summary>
    public const int Count = 8;

    public static DataPartKey Of(TenantId tenant, ServerId server, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return new DataPartKey(tenant, server, hash[0] % Count);
    }

    /// <summary>Every part of a server's store.</summary>
    public static IEnumerable<DataPartKey> All(TenantId tenant, ServerId server) =>
        Enumerable.Range(0, Count).Select(part => new DataPartKey(tenant, server, part));

    public static DataPartKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? new DataPartKey(
                TenantId.Parse(parts[0]),
                ServerId.Parse(parts[1]),
                int.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture))
            : throw new FormatException("Not the key of a part of what a server stores.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tenant}/{Server}/{Part}");
}
