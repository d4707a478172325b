using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.Users;

/// <summary>The limits and times of users and their browsers.</summary>
public sealed class UserOptions
{
    /// <summary>Users that a tenant may have. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int UsersMax { get; set; } = 10_000;

    /// <summary>Roles that one user may have. Default: 32.</summary>
    [Range(1, 1_000)]
    public int RolesMax { get; set; } = 32;

    /// <summary>Users in one page of a list. Default: 100.</summary>
    [Range(1, 1_000)]
    public int PageItemsMax { get; set; } = 100;

    /// <summary>How long an invitation may be accepted. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "90.00:00:00")]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a browser may stay away and still be logged in. Default: 2 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long a browser is logged in at most. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "90.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Wrong passwords in a row from one address that cost no wait. Default: 5.</summary>
    [Range(1, 100)]
    public int FailuresFree { get; set; } = 5;

    /// <summary>
    /// Wrong passwords for one name, from all addresses together, that cost no wait; browsers that the user logged in
    /// with before are not counted. Default: 100.
    /// </summary>
    [Range(1, 100_000)]
    public int NameFailuresFree { get; set; } = 100;

    /// <summary>Addresses whose wrong passwords are counted for one name. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int AddressesMax { get; set; } = 1_000;

    /// <summary>The first wait after wrong passwords; it doubles with each. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FailureDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, after which one more try is always free. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureDelayMax { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Browsers that are remembered of one user. Default: 10.</summary>
    [Range(1, 100)]
    public int DevicesMax { get; set; } = 10;

    /// <summary>Consents that are remembered of one user. Default: 100.</summary>
    [Range(1, 10_000)]
    public int ConsentsMax { get; set; } = 100;

    /// <summary>
    /// Records that the directory may hold beyond two for each user before it is rewritten. Default: 1,024.
    /// </summary>
    [Range(1, 10_000_000)]
    public int DirectorySlack { get; set; } = 1_024;
}
