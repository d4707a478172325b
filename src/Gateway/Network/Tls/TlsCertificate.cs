using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smcp.Network.Tls;

/// <summary>A certificate with key and issuers, as a handshake needs it, and the names that it is for.</summary>
internal sealed record TlsCertificate(
    SslStreamCertificateContext Context, IReadOnlyList<string> Names, DateTimeOffset ExpiresAt)
{
    private const string Pem = "-----BEGIN";

    /// <summary>Reads a certificate; else null, and <paramref name="problem"/> is a sentence without secrets.</summary>
    public static TlsCertificate? Load(TlsCertificateFiles files, int bytesMax, out string? problem)
    {
        problem = null;
        try
        {
            var password = PasswordOf(files);
            var bytes = Read(files.Certificate, bytesMax);
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            var all = text.Contains(Pem, StringComparison.Ordinal)
                ? FromPem(text, files, password, bytesMax)
                : X509CertificateLoader.LoadPkcs12Collection(bytes, password, KeyStorage);
            var leaf = all.FirstOrDefault(c => c.HasPrivateKey)
                ?? throw new CryptographicException("there is no private key.");
            // Offline: a handshake never waits for an issuer's server.
            var issuers = new X509Certificate2Collection(all.Where(c => c != leaf).ToArray());
            var context = SslStreamCertificateContext.Create(leaf, issuers, offline: true);
            return new TlsCertificate(context, NamesOf(leaf), leaf.NotAfter.ToUniversalTime());
        }
        catch (Exception exception) when (exception
            is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"The certificate '{files.Certificate}' cannot be used: {exception.Message}";
            return null;
        }
    }

    /// <summary>A key that lives in memory only, where the system can.</summary>
    private static X509KeyStorageFlags KeyStorage =>
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    private static X509Certificate2Collection FromPem(
        string text, TlsCertificateFiles files, string? password, int bytesMax)
    {
        var key = files.Key is null ? text : System.Text.Encoding.Latin1.GetString(Read(files.Key, bytesMax));
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (all.Count > 0)
        {
            all[0] = password is null
                ? X509Certificate2.CreateFromPem(text, key)
                : X509Certificate2.CreateFromEncryptedPem(text, key, password);
        }

        return all;
    }

    private static string? PasswordOf(TlsCertificateFiles files) =>
        files.PasswordVariable is not { } variable
            ? null
            : Environment.GetEnvironmentVariable(variable)
                ?? throw new ArgumentException($"the environment has no {variable}.");

    private static byte[] Read(string path, int bytesMax)
    {
        using var file = File.OpenRead(path);
        if (file.Length > bytesMax)
        {
            throw new IOException($"{path} has more than {bytesMax} bytes.");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static List<string> NamesOf(X509Certificate2 leaf) =>
        [.. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames())];
}
