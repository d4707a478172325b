using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Smcp.Network.Tls;

/// <summary>Reads each certificate before anything is served, and asks for one where an address needs it.</summary>
internal sealed class TlsOptionsCheck(IConfiguration configuration) : IValidateOptions<TlsOptions>
{
    public ValidateOptionsResult Validate(string? name, TlsOptions options)
    {
        var problems = new List<string>();
        var secure = KestrelTls.UrlsOf(configuration).FirstOrDefault(KestrelTls.IsSecure);
        if (secure is not null && options.Certificates.Count == 0)
        {
            problems.Add(
                $"{secure} needs a certificate: {TlsOptions.Section}:Certificates:0:Certificate names its file.");
        }

        if (options.Certificates.Count > options.CertificatesMax)
        {
            problems.Add($"There may be at most {options.CertificatesMax} certificates.");
        }

        foreach (var files in options.Certificates.Take(options.CertificatesMax))
        {
            if (TlsCertificate.Load(files, options.FileBytesMax, out var problem) is null)
            {
                problems.Add(problem!);
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
