using System.Net;

namespace Smcp.Login;

/// <summary>Counts what comes from each address within a window of time. In this gateway's memory.</summary>
internal sealed class AddressWindows(TimeProvider time, int addressesKeptMax, TimeSpan length, int max)
{
    private readonly GenerationCache<string, Window> _windows = new(addressesKeptMax);

    /// <summary>How long the address has to wait; zero when it may try.</summary>
    public TimeSpan RemainingOf(string address) =>
        _windows.TryGet(KeyOf(address), out var window) && window.Count >= max
            ? Max(length - time.GetElapsedTime(window.BeganAt))
            : TimeSpan.Zero;

    public void Add(string address)
    {
        var key = KeyOf(address);
        if (_windows.TryGet(key, out var window) && time.GetElapsedTime(window.BeganAt) < length)
        {
            window.Increment();
            return;
        }

        _windows.Set(key, new Window(time.GetTimestamp()));
    }

    /// <summary>Of IPv6 the network: who has one address there has all of them.</summary>
    private static string KeyOf(string address)
    {
        const int network = 8;
        return IPAddress.TryParse(address, out var parsed) && parsed.GetAddressBytes() is { Length: 16 } bytes
            ? Convert.ToHexString(bytes, 0, network)
            : address;
    }

    private static TimeSpan Max(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private sealed class Window(long beganAt)
    {
        private int _count = 1;

        public long BeganAt => beganAt;

        public int Count => Volatile.Read(ref _count);

        public void Increment() => Interlocked.Increment(ref _count);
    }
}
