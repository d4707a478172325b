using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.Users;

/// <summary>What a password must be, and what it costs to try one.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// Iterations of PBKDF2-HMAC-SHA256; a password that was hashed with fewer is hashed again at its next login.
    /// Default: 600,000.
    /// </summary>
    [Range(10_000, 10_000_000)]
    public int Iterations { get; set; } = 600_000;

    /// <summary>Passwords hashed at one time; each takes a processor. Default: 2.</summary>
    [Range(1, 256)]
    public int HashesMax { get; set; } = 2;

    /// <summary>Passwords that wait to be hashed; what comes beyond is told to try later. Default: 64.</summary>
    [Range(1, 10_000)]
    public int HashesWaitingMax { get; set; } = 64;

    /// <summary>The shortest password, in characters. Default: 12.</summary>
    [Range(8, 128)]
    public int LengthMin { get; set; } = 12;

    /// <summary>The longest password, in characters. Default: 128.</summary>
    [Range(64, 1024)]
    public int LengthMax { get; set; } = 128;
}
