using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>What clients may be, and how many.</summary>
public sealed class ClientOptions
{
    /// <summary>Redirect URIs that a client may have. Default: 16.</summary>
    [Range(1, 1_000)]
    public int RedirectUrisMax { get; set; } = 16;

    /// <summary>
    /// Schemes of apps' own that redirect URIs may have besides https and, on loopback, http. Default: none.
    /// </summary>
    public IList<string> RedirectSchemes { get; } = [];

    /// <summary>Characters that a client's name may have. Default: 100.</summary>
    [Range(1, 1_000)]
    public int NameLengthMax { get; set; } = 100;

    /// <summary>
    /// How long a client that registered itself is kept without being used. Default: 90 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan UnusedLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Clients that one address (of IPv6 a /64) may register in an hour. Default: 30.</summary>
    [Range(0, 1_000_000)]
    public int RegistrationsPerAddress { get; set; } = 30;

    /// <summary>Clients that may register themselves in an hour, from everywhere. Default: 1,000.</summary>
    [Range(0, 10_000_000)]
    public int RegistrationsMax { get; set; } = 1_000;

    /// <summary>Bytes of a client's metadata document. Default: 5 KiB.</summary>
    [Range(256, 1024 * 1024)]
    public int DocumentBytesMax { get; set; } = 5 * 1024;

    /// <summary>
    /// How long fetching a document may take, from the first packet to the last; the wait for a place is apart.
    /// Default: 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan DocumentTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a document is held whose answer does not say (Cache-Control). Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan DocumentLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a document is held at most, whatever its answer says. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DocumentLifetimeMax { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Documents, and again key sets, that a node fetches at one time. Default: 32.</summary>
    [Range(1, 10_000)]
    public int DocumentFetchesMax { get; set; } = 32;

    /// <summary>How many of these may be of one host, or be key sets of one tenant's clients. Default: 4.</summary>
    [Range(1, 10_000)]
    public int DocumentFetchesPerHost { get; set; } = 4;

    /// <summary>How long a fetch waits for a place; then it is given up. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan DocumentWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of a client's key set (<c>jwks_uri</c>). Default: 32 KiB.</summary>
    [Range(256, 1024 * 1024)]
    public int KeySetBytesMax { get; set; } = 32 * 1024;

    /// <summary>How long a key set is held whose answer does not say (Cache-Control). Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeySetLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a key set is held at most, whatever its answer says: how long a key is believed that was taken from
    /// it. Default: 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeySetLifetimeMax { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How soon a client's key set is asked for again where it could not be had, or an assertion names a key that it
    /// has not. Default: 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeySetReload { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Clients that a tenant's administrators may register. Default: 1,000.</summary>
    [Range(0, 100_000)]
    public int ClientsMax { get; set; } = 1_000;

    /// <summary>
    /// How long a secret is still taken after its rotation where nobody says. Default: 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan SecretRotationGrace { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an assertion of a client (private_key_jwt) may live. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan AssertionLifetimeMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far a client's clock may be from ours. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan AssertionSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Assertions of one client that are remembered until they end, so that none comes twice; while there are more, it
    /// is refused. Default: 1,000.
    /// </summary>
    [Range(1, 100_000)]
    public int AssertionsMax { get; set; } = 1_000;
}
