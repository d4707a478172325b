using System.ComponentModel.DataAnnotations;

namespace Smcp.Auth;

/// <summary>How long a gateway believes what it learned of credentials and tenants.</summary>
internal sealed class AuthOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Auth";

    /// <summary>
    /// How long a credential that was found valid is taken for valid: how long a revocation may take to be felt.
    /// Default: 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CredentialLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a tenant's status and configuration are held: how long a suspension may take to be felt. Default: 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan TenantLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many callers are remembered. Default: 50,000.</summary>
    [Range(2, 10_000_000)]
    public int CallersKeptMax { get; set; } = 50_000;

    /// <summary>How many tenants are remembered. Default: 10,000.</summary>
    [Range(2, 10_000_000)]
    public int TenantsKeptMax { get; set; } = 10_000;

    /// <summary>How many characters a credential may have. Default: 4,096.</summary>
    [Range(256, 32 * 1024)]
    public int CredentialLengthMax { get; set; } = 4_096;
}
