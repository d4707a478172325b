using System.ComponentModel.DataAnnotations;

namespace Smcp.Security.Encryption.Masters;

/// <summary>A key vault that keeps the master key: one that speaks the API of Vault's transit engine.</summary>
internal sealed class TransitOptions
{
    /// <summary>
    /// The vault's address, such as <c>https://vault.example.org:8200</c>; none: the master key is a file or a
    /// setting. Default: none.
    /// </summary>
    [Url]
    public string? Address { get; set; }

    /// <summary>Where the vault has its transit engine. Default: <c>transit</c>.</summary>
    [Required]
    public string Mount { get; set; } = "transit";

    /// <summary>
    /// The vault's name for the master key, of a type that takes associated data. Default: <c>smcp</c>.
    /// </summary>
    [Required]
    public string KeyName { get; set; } = "smcp";

    /// <summary>
    /// The file that holds the vault's token, read anew for each request since such tokens are replaced. Default: none.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <summary>How long the vault may take to answer. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
