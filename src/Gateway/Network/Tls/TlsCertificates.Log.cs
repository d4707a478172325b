using Microsoft.Extensions.Logging;

namespace Smcp.Network.Tls;

internal sealed partial class TlsCertificates
{
    [LoggerMessage(
        EventIds.CertificateReplaced, LogLevel.Information,
        "The certificate {Path} was replaced; the new one is good until {ExpiresAt}.")]
    private partial void CertificateReplaced(string path, DateTimeOffset expiresAt);

    [LoggerMessage(EventIds.CertificateKept, LogLevel.Error, "{Problem} The certificate before it stays in use.")]
    private partial void CertificateKept(string problem);

    [LoggerMessage(EventIds.CertificateExpired, LogLevel.Error, "The certificate {Path} expired at {ExpiresAt}.")]
    private partial void CertificateExpired(string path, DateTimeOffset expiresAt);
}
