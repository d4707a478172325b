using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Tls;

/// <summary>How the gateway speaks TLS, on the <c>https</c> addresses that it listens on.</summary>
internal sealed class TlsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Tls";

    /// <summary>
    /// The certificates: <c>Certificate</c> (a PEM or PFX file), <c>Key</c> (a PEM file) and <c>PasswordVariable</c> of
    /// each. A client gets the one for the name that it asks for, else the first. Default: none.
    /// </summary>
    public IList<TlsCertificateFiles> Certificates { get; } = [];

    /// <summary>How many certificates there may be. Default: 64.</summary>
    [Range(1, 1024)]
    public int CertificatesMax { get; set; } = 64;

    /// <summary>How many bytes a file of a certificate or key may have. Default: 256 KiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int FileBytesMax { get; set; } = 256 * 1024;

    /// <summary>How often the files are looked at for a change. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether TLS 1.2 is spoken beside 1.3. Default: false.</summary>
    public bool AllowTls12 { get; set; }

    /// <summary>How long a handshake may take. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether requests that come from other machines without TLS, here or at a known proxy, are refused. Default:
    /// true.
    /// </summary>
    public bool RequireTls { get; set; } = true;

    /// <summary>
    /// For how long browsers are told to use https only (RFC 6797); zero tells them nothing. Default: 180 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1000.00:00:00")]
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(180);
}
