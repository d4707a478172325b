using System.Net;
using System.Net.Sockets;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Counts registrations by the hour: of each address, and of all. The total bounds the table.</summary>
internal sealed class RegistrationWindow(ClientOptions options)
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private DateTimeOffset _began;
    private int _total;

    /// <summary>Takes a place; false when there is none.</summary>
    public bool TryTake(string address, DateTimeOffset now)
    {
        if (now - _began >= Length)
        {
            _began = now;
            _total = 0;
            _counts.Clear();
        }

        var network = NetworkOf(address);
        var count = _counts.GetValueOrDefault(network);
        if (_total >= options.RegistrationsMax || count >= options.RegistrationsPerAddress)
        {
            return false;
        }

        _total++;
        _counts[network] = count + 1;
        return true;
    }

    /// <summary>Who has one address of IPv6 has a /64 of them.</summary>
    private static string NetworkOf(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6
            || parsed.IsIPv4MappedToIPv6)
        {
            return address;
        }

        var bytes = parsed.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
