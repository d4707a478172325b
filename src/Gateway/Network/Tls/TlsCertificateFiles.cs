namespace Smcp.Network.Tls;

/// <summary>Where one certificate is: PEM files, or a PFX with its key inside.</summary>
internal sealed class TlsCertificateFiles
{
    /// <summary>The file of the certificate, with those of its issuers behind it.</summary>
    public string Certificate { get; set; } = string.Empty;

    /// <summary>The file of the private key, where it is not in the same one.</summary>
    public string? Key { get; set; }

    /// <summary>The environment variable that holds the password, so that no file of settings does.</summary>
    public string? PasswordVariable { get; set; }

    /// <summary>The files to look at for a change.</summary>
    public IReadOnlyList<string> Paths => Key is null ? [Certificate] : [Certificate, Key];
}
