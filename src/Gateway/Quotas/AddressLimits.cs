using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Smcp.Quotas;

/// <summary>
/// The rate of each address: what holds before anybody is known, and no longer (who is known is limited by name). Of
/// IPv6 the network of 64 bits counts, since one client has all of it.
/// </summary>
internal sealed class AddressLimits(TimeProvider time, IOptions<LimitOptions> options)
{
    private const int NetworkBytes = 8;

    private readonly LimitOptions _options = options.Value;
    private readonly GenerationCache<(ulong Network, bool IsV6), TokenBucket> _buckets =
        new(options.Value.AddressesKeptMax);

    public long PerMinute => _options.AddressRequestsPerMinute;

    /// <summary>Takes one request of this address; false, and when to come again, where there is none.</summary>
    public bool TrySpend(IPAddress address, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        return BucketOf(address) is not { } bucket || bucket.TrySpend(1, out wait);
    }

    /// <summary>A credential from this address was refused: who guesses has less and less to guess with.</summary>
    public void ChargeFailure(IPAddress address) => BucketOf(address)?.Charge(_options.FailedAuthenticationCost);

    /// <summary>The network that an address is counted as.</summary>
    public static (ulong Network, bool IsV6) KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[2 * NetworkBytes];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes), address.AddressFamily == AddressFamily.InterNetworkV6);
    }

    private TokenBucket? BucketOf(IPAddress address)
    {
        if (_options.AddressRequestsPerMinute == 0 || (!_options.LimitLoopback && IPAddress.IsLoopback(address)))
        {
            return null;
        }

        var key = KeyOf(address);
        if (!_buckets.TryGet(key, out var bucket))
        {
            bucket = new TokenBucket(time, _options.AddressRequestsPerMinute, _options.AddressBurst);
            _buckets.Set(key, bucket);
        }

        return bucket;
    }
}
