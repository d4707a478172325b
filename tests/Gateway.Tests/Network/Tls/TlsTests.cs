using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>Real handshakes with certificates made for the test.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Secure = "https://127.0.0.1:0";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly TestCertificates _files = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("false", SslProtocols.None, SslProtocols.Tls13)]
    [InlineData("true", SslProtocols.None, SslProtocols.Tls13)]
    [InlineData("true", SslProtocols.Tls12, SslProtocols.Tls12)]
    public async Task Handshake_AgreesOnTheNewestVersion_ThatBothSpeak(
        string allow12, SslProtocols offered, SslProtocols expected)
    {
        await using var host = await StartAsync([.. Site("a.example"), ("Tls:AllowTls12", allow12)]);

        using var client = await TlsClient.ConnectAsync(host, protocols: offered);

        Assert.Equal(expected, client.Protocol);
    }

    [Fact]
    public async Task Handshake_Fails_WhenAClientSpeaksTls12Only()
    {
        await using var host = await StartAsync(Site("a.example"));

        await Assert.ThrowsAnyAsync<Exception>(() => TlsClient.ConnectAsync(host, protocols: SslProtocols.Tls12));
        using var client = await TlsClient.ConnectAsync(host);
        Assert.Equal(SslProtocols.Tls13, client.Protocol);
    }

    [Fact]
    public async Task Http2_IsSpoken_WhenTheClientOffersIt()
    {
        await using var host = await StartAsync(Site("a.example"));
        using var client = await TlsClient.ConnectAsync(host);
        var request = McpWire.Post(McpWire.Initialize("2025-11-25"));
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.Host = "localhost";

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(SslApplicationProtocol.Http2.ToString(), client.Alpn);
        Assert.Equal((HttpVersion.Version20, HttpStatusCode.OK), (response.Version, response.StatusCode));
    }

    [Fact]
    public async Task Addresses_KeepTheirScheme_WhenBothHavePortZero()
    {
        await using var host = await GatewayHost.ListenAsync(
            "http://127.0.0.1:0;https://127.0.0.1:0", _clock, Site("a.example"));

        using var secure = await TlsClient.ConnectAsync(host);
        using var plain = new HttpClient();
        using var response = await plain.GetAsync(host.Urls.First() + McpWire.Path[1..]);

        Assert.Equal("a.example", secure.Subject);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("a.example", "a.example")]
    [InlineData("A.Example", "a.example")]
    [InlineData("b.example", "b.example")]
    [InlineData("x.b.example", "b.example")]
    [InlineData("x.y.b.example", "a.example")]
    [InlineData("unknown.example", "a.example")]
    public async Task Certificate_IsThatOfTheNameAskedFor_ElseTheFirst(string name, string expected)
    {
        using var second = TestCertificates.Make("b.example", "*.b.example");
        await using var host = await StartAsync([.. Site("a.example"), .. _files.Write(second, 1, "second")]);

        using var client = await TlsClient.ConnectAsync(host, name);

        Assert.Equal(expected, client.Subject);
    }

    [Fact]
    public async Task Certificate_IsTheNewOne_ForConnectionsAfterItsFilesWereReplaced()
    {
        await using var host = await StartAsync(Site("a.example"));
        using var old = await TlsClient.ConnectAsync(host);

        Site("new.example");
        using var between = await TlsClient.ConnectAsync(host);
        _clock.Advance(Period);
        using var later = await TlsClient.ConnectAsync(host);

        Assert.Equal("a.example", between.Subject);
        Assert.Equal("new.example", later.Subject);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/none");
        request.Headers.Host = "localhost";
        using var response = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Connection_GoesOn_WhenItsCertificateWasReplaced()
    {
        await using var host = await StartAsync(Site("a.example"));
        using var client = await TlsClient.ConnectAsync(host, http2: false);
        Assert.StartsWith("HTTP/1.1 404", await client.GetAsync("/none"), StringComparison.Ordinal);

        Site("new.example");
        _clock.Advance(Period);

        Assert.StartsWith("HTTP/1.1 404", await client.GetAsync("/none"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site.pem", "nonsense")]
    [InlineData("site.pem", "")]
    [InlineData("site.key", "another")]
    [InlineData("site.key", null)]
    [InlineData("site.pem", "expired")]
    public async Task Certificate_StaysTheOldOne_WhenTheNewFilesCannotBeUsed(string file, string? content)
    {
        await using var host = await StartAsync(Site("a.example"));
        Break(file, content);

        _clock.Advance(Period);
        using var kept = await TlsClient.ConnectAsync(host);
        File.Delete(_files.PathOf("site.pem"));
        Site("new.example");
        _clock.Advance(Period);
        using var mended = await TlsClient.ConnectAsync(host);

        Assert.Equal(("a.example", "new.example"), (kept.Subject, mended.Subject));
    }

    [Fact]
    public async Task Pfx_IsOpened_WhenTheEnvironmentHoldsItsPassword()
    {
        using var certificate = TestCertificates.Make("pfx.example");
        var pfx = certificate.Export(X509ContentType.Pfx, "open sesame");
        await File.WriteAllBytesAsync(_files.PathOf("site.pfx"), pfx);
        (string, string)[] settings = [("Tls:Certificates:0:Certificate", _files.PathOf("site.pfx"))];
        const string Variable = "SMCP_TEST_PFX_PASSWORD";

        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));
        settings = [.. settings, ("Tls:Certificates:0:PasswordVariable", Variable)];
        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));
        Environment.SetEnvironmentVariable(Variable, "open sesame");
        await using var host = await StartAsync(settings);
        using var client = await TlsClient.ConnectAsync(host);

        Assert.Equal("pfx.example", client.Subject);
    }

    [Fact]
    public async Task Start_FailsWithASentence_WhenAnHttpsAddressHasNoCertificate()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync([]));

        Assert.Contains("needs a certificate", failure.Failures.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hsts_IsSaid_OnHttpsForNamesThatAreNotThisMachines()
    {
        await using var host = await StartAsync([.. Site("a.example"), ("Network:AllowedHosts:0", "a.example")]);

        Assert.Equal("max-age=15552000", await HstsAsync(host, "a.example"));
        Assert.Null(await HstsAsync(host, "localhost"));
    }

    private static async Task<string?> HstsAsync(GatewayHost host, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = name;
        using var response = await host.Client.SendAsync(request);
        return response.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null;
    }

    private Task<GatewayHost> StartAsync((string, string)[] settings) =>
        GatewayHost.ListenAsync(Secure, _clock, settings);

    private (string, string)[] Site(string name)
    {
        using var certificate = TestCertificates.Make(name);
        return _files.Write(certificate);
    }

    private void Break(string file, string? content)
    {
        if (content is "another" or "expired")
        {
            using var other = TestCertificates.Make(
                new DateTimeOffset(2025, content == "expired" ? 2 : 1, 9, 0, 0, 0, TimeSpan.Zero), "other.example");
            _files.Write(other, 0, content == "expired" ? "site" : "other");
            content = content == "another" ? File.ReadAllText(_files.PathOf("other.key")) : null;
        }
        else if (content is null)
        {
            File.Delete(_files.PathOf(file));
        }

        if (content is not null)
        {
            _files.Put(file, content);
        }
    }
}
