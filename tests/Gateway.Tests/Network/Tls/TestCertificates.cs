using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smcp;

/// <summary>A folder with certificates made for a test, and gone with it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smcp-tls-");

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public static X509Certificate2 Make(params string[] names) => Make(Start.AddYears(20), names);

    public static X509Certificate2 Make(DateTimeOffset end, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        return request.CreateSelfSigned(Start, end);
    }

    /// <summary>Writes the two PEM files, and returns the settings that name them.</summary>
    public (string, string)[] Write(X509Certificate2 certificate, int index = 0, string name = "site")
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        Put($"{name}.pem", certificate.ExportCertificatePem());
        Put($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        return
        [
            ($"Tls:Certificates:{index}:Certificate", PathOf($"{name}.pem")),
            ($"Tls:Certificates:{index}:Key", PathOf($"{name}.key")),
        ];
    }

    /// <summary>Replaces a file; its time moves on whatever the file system's clock can tell.</summary>
    public void Put(string file, string text)
    {
        var path = PathOf(file);
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.UnixEpoch;
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, before.AddSeconds(2));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
