using System.ComponentModel.DataAnnotations;

namespace Smcp.OAuth;

/// <summary>What the endpoints of the authorization server take, and how long they hold what they know.</summary>
internal sealed class OAuthOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:OAuth";

    /// <summary>Bytes of a form that the token and revocation endpoints take. Default: 16 KiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int FormBytesMax { get; set; } = 16 * 1024;

    /// <summary>Parameters of such a form. Default: 32.</summary>
    [Range(8, 1_000)]
    public int FormParametersMax { get; set; } = 32;

    /// <summary>Bytes of a client's metadata that the registration endpoint takes. Default: 16 KiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int RegistrationBytesMax { get; set; } = 16 * 1024;

    /// <summary>How long clients may hold metadata. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MetadataMaxAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a gateway verifies with the signing keys it knows before it asks again: how long a destroyed key is
    /// believed. Default: 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan KeySetLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How old the known keys may be while nobody can be asked. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan KeySetStaleMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon after asking for the keys an unknown one may ask again. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan KeySetInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far clocks may differ when a token's times are checked. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Clients that are documents, which requests of one address (of IPv6 a /64) may be looking up at one time at this
    /// gateway. Default: 8.
    /// </summary>
    [Range(1, 10_000)]
    public int DocumentLookupsPerAddress { get; set; } = 8;

    /// <summary>
    /// Requests a minute of one client to the token and revocation endpoints of this gateway; of a public client, of
    /// each of its addresses; 0 is no limit. Default: 600.
    /// </summary>
    [Range(0, 1_000_000)]
    public int ClientRequestsPerMinute { get; set; } = 600;

    /// <summary>Such requests of one client that may come at once. Default: 120.</summary>
    [Range(1, 1_000_000)]
    public int ClientBurst { get; set; } = 120;

    /// <summary>How many clients are counted. Default: 100,000.</summary>
    [Range(2, 10_000_000)]
    public int ClientsKeptMax { get; set; } = 100_000;
}
