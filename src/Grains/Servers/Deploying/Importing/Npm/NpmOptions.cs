using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>Where packages come from that servers are made of, and what bringing one may take.</summary>
internal sealed class NpmOptions
{
    /// <summary>
    /// The registry, by the name of its host: an https or http URL. Nothing else is reached from the jail in which a
    /// package is brought. Default: https://registry.npmjs.org/.
    /// </summary>
    [RegularExpression(@"https?://[A-Za-z0-9._\-]+(:[0-9]{1,5})?(/[^\s?#]*)?")]
    public string Registry { get; set; } = "https://registry.npmjs.org/";

    /// <summary>Whether the registry may be at an internal address. Default: false.</summary>
    public bool RegistryIsInternal { get; set; }

    /// <summary>
    /// A PEM file of the certificate authorities that npm trusts, beneath <c>/etc/ssl/certs</c> or a folder of
    /// <c>Smcp:Jails:Folders</c>. Default: none; those that Node.js brings.
    /// </summary>
    public string? AuthoritiesFile { get; set; }

    /// <summary>How long bringing a package may take. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Packages that are being brought on this node at one time. Default: 2.</summary>
    [Range(1, 64)]
    public int BuildsMax { get; set; } = 2;

    /// <summary>Memory of the jail that brings one, its files included, in bytes. Default: 1 GiB.</summary>
    [Range(64L << 20, 1L << 40)]
    public long MemoryBytes { get; set; } = 1L << 30;

    /// <summary>What the packages may take there, and npm's own files again, in bytes. Default: 256 MiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long ScratchBytes { get; set; } = 256L << 20;

    /// <summary>How much of what npm says of a failure is kept, in bytes. Default: 8 KiB.</summary>
    [Range(256, 1_048_576)]
    public int FailureTextBytesMax { get; set; } = 8 * 1024;
}
