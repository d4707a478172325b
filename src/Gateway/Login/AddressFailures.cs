using Microsoft.Extensions.Options;

namespace Smcp.Login;

/// <summary>
/// Counts wrong passwords by address, over all names: who tries one password on many names is slowed down too.
/// </summary>
internal sealed class AddressFailures(TimeProvider time, IOptions<LoginOptions> options)
{
    private readonly AddressWindows _windows = new(
        time, options.Value.AddressesKeptMax, options.Value.AddressWindow, options.Value.AddressFailuresMax);

    /// <summary>How long the address has to wait; zero when it may try.</summary>
    public TimeSpan RemainingOf(string address) => _windows.RemainingOf(address);

    public void Add(string address) => _windows.Add(address);
}
