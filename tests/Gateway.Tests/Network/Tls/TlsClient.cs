using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Smcp;

/// <summary>One TLS connection to the gateway, with what was agreed on it.</summary>
internal sealed class TlsClient(TcpClient socket, SslStream stream) : IDisposable
{
    public SslProtocols Protocol => stream.SslProtocol;

    public string Alpn => stream.NegotiatedApplicationProtocol.ToString();

    public string Subject => ((X509Certificate2)stream.RemoteCertificate!).GetNameInfo(X509NameType.SimpleName, false);

    public static async Task<TlsClient> ConnectAsync(
        GatewayHost host, string name = "a.example", SslProtocols protocols = SslProtocols.None, bool http2 = true)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(host.Address);
        var stream = new SslStream(socket.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                EnabledSslProtocols = protocols,
                ApplicationProtocols = http2 ? [SslApplicationProtocol.Http2] : [SslApplicationProtocol.Http11],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            });
            return new TlsClient(socket, stream);
        }
        catch
        {
            await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A GET over this very connection, with HTTP/1.1; returns the first line of the answer.</summary>
    public async Task<string> GetAsync(string path)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0];
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }
}
