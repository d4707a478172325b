using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Network.Tls;

/// <summary>
/// The certificates in use. Their files may be replaced at any time: new connections then get the new ones, and those
/// that are open go on. A file that cannot be used leaves the old certificate where it was.
/// </summary>
internal sealed partial class TlsCertificates : IDisposable
{
    private readonly TlsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TlsCertificates> _logger;
    private readonly TlsCertificate[] _current;
    private readonly List<FileWatch> _watches = [];
    private readonly Lock _gate = new();
    private volatile TlsCertificateMap _map;

    public TlsCertificates(IOptions<TlsOptions> options, TimeProvider time, ILogger<TlsCertificates> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        var files = _options.Certificates;
        // Watched before they are read, so that no change falls between.
        for (var i = 0; i < files.Count; i++)
        {
            var index = i;
            _watches.Add(new FileWatch(files[i].Paths, _options.CheckPeriod, () => Reload(index), time));
        }

        _current = [.. files.Select(Load)];
        _map = new TlsCertificateMap(_current);
    }

    /// <summary>The terms of one handshake, for the name that the client asks for.</summary>
    public SslServerAuthenticationOptions TermsFor(string? name)
    {
        var terms = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _map.Find(name).Context,
            EnabledSslProtocols = _options.AllowTls12 ? SslProtocols.Tls12 | SslProtocols.Tls13 : SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        if (_options.AllowTls12 && (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()))
        {
            // BCP 195 (RFC 9325 section 4.2): of TLS 1.2, forward secrecy with authenticated encryption only.
            terms.CipherSuitesPolicy = new CipherSuitesPolicy(
            [
                TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            ]);
        }

        return terms;
    }

    public void Dispose() => _watches.ForEach(w => w.Dispose());

    private TlsCertificate Load(TlsCertificateFiles files)
    {
        var certificate = TlsCertificate.Load(files, _options.FileBytesMax, out var problem)
            ?? throw new OptionsValidationException(Options.DefaultName, typeof(TlsOptions), [problem!]);
        if (certificate.ExpiresAt <= _time.GetUtcNow())
        {
            CertificateExpired(files.Certificate, certificate.ExpiresAt);
        }

        return certificate;
    }

    private void Reload(int index)
    {
        var files = _options.Certificates[index];
        var certificate = TlsCertificate.Load(files, _options.FileBytesMax, out var problem);
        if (certificate is null)
        {
            CertificateKept(problem!);
            return;
        }

        if (certificate.ExpiresAt <= _time.GetUtcNow())
        {
            CertificateKept($"The certificate '{files.Certificate}' has expired.");
            return;
        }

        lock (_gate)
        {
            _current[index] = certificate;
            _map = new TlsCertificateMap(_current);
        }

        CertificateReplaced(files.Certificate, certificate.ExpiresAt);
    }
}
