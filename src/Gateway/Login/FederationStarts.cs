using Microsoft.Extensions.Options;

namespace Smcp.Login;

/// <summary>
/// Counts by address who is sent to an organization's own log-in: each is kept until its browser comes back, and nobody
/// is known yet who asks for it.
/// </summary>
internal sealed class FederationStarts(TimeProvider time, IOptions<LoginOptions> options)
{
    private readonly AddressWindows _windows = new(
        time, options.Value.AddressesKeptMax, options.Value.AddressWindow, options.Value.AddressStartsMax);

    /// <summary>Counts one; false, and when to come again, where there were too many.</summary>
    public bool TryAdd(string address, out TimeSpan wait)
    {
        wait = _windows.RemainingOf(address);
        if (wait > TimeSpan.Zero)
        {
            return false;
        }

        _windows.Add(address);
        return true;
    }
}
