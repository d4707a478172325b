using System.ComponentModel.DataAnnotations;

namespace Smcp.Login;

/// <summary>The limits and times of the log-in pages of one gateway.</summary>
internal sealed class LoginOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Login";

    /// <summary>How long a browser is known as one that its user logged in with. Default: 180 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "400.00:00:00")]
    public TimeSpan DeviceLifetime { get; set; } = TimeSpan.FromDays(180);

    /// <summary>The largest form, in bytes. Default: 16 KiB.</summary>
    [Range(4096, 1024 * 1024)]
    public int FormBytesMax { get; set; } = 16 * 1024;

    /// <summary>
    /// Wrong passwords from one address, for whatever names, within the window; then it has to wait. Default: 50.
    /// </summary>
    [Range(1, 100_000)]
    public int AddressFailuresMax { get; set; } = 50;

    /// <summary>
    /// Log-ins at organizations' own providers begun from one address within the window; then it has to wait.
    /// Default: 300.
    /// </summary>
    [Range(1, 100_000)]
    public int AddressStartsMax { get; set; } = 300;

    /// <summary>
    /// Characters of an app's request that is kept while its user is at an organization's own provider. Default: 4,096.
    /// </summary>
    [Range(512, 16 * 1024)]
    public int RequestLengthMax { get; set; } = 4096;

    /// <summary>How long wrong passwords and begun log-ins of an address are counted. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan AddressWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Addresses that are counted. Default: 10,000.</summary>
    [Range(16, 10_000_000)]
    public int AddressesKeptMax { get; set; } = 10_000;
}
