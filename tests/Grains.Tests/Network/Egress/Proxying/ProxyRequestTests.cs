using System.Text;

namespace Smcp.Network.Egress.Proxying;

public sealed class ProxyRequestTests
{
    [Fact]
    public void Connect_IsATunnel()
    {
        var request = Parse("CONNECT api.example.org:443 HTTP/1.1\r\nHost: evil.org");

        Assert.Equal(new EgressPlace("api.example.org", 443), request!.Place);
        Assert.True(request.IsTunnel);
    }

    [Fact]
    public void Address_IsForwardedForItsOwnHost()
    {
        var request = Parse(
            "GET http://Api.example.org:8080/a?b HTTP/1.1\r\nHost: evil.org\r\nAccept: */*\r\n"
            + "Proxy-Authorization: Basic x\r\nconnection: keep-alive");

        Assert.Equal(new EgressPlace("api.example.org", 8080), request!.Place);
        Assert.Equal(
            "GET /a?b HTTP/1.1\r\nHost: Api.example.org:8080\r\nConnection: close\r\nAccept: */*\r\n\r\n",
            Encoding.Latin1.GetString(request.Forward.Span));
    }

    [Theory]
    [InlineData("http://example.org", 80, "/")]
    [InlineData("HTTP://example.org?x", 80, "/?x")]
    [InlineData("http://example.org:81/", 81, "/")]
    public void Address_HasAPathAndAPort(string address, int port, string path)
    {
        var request = Parse($"GET {address} HTTP/1.1");

        Assert.Equal(port, request!.Place.Port);
        Assert.StartsWith(
            $"GET {path} HTTP/1.1\r\n", Encoding.Latin1.GetString(request.Forward.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("GET https://example.org/ HTTP/1.1")]
    [InlineData("GET file:///etc/passwd HTTP/1.1")]
    [InlineData("GET http://user@example.org/ HTTP/1.1")]
    [InlineData("GET http://[::1]/ HTTP/1.1")]
    [InlineData("CONNECT example.org HTTP/1.1")]
    [InlineData("CONNECT example.org:443 HTTP/2")]
    [InlineData("GET  http://example.org/ HTTP/1.1")]
    [InlineData("GET http://example.org/ HTTP/1.1\r\nA : b")]
    [InlineData("GET http://example.org/ HTTP/1.1\r\nA: b\r\n folded")]
    [InlineData("GET http://example.org/ HTTP/1.1\r\nA: b\nHost: evil.org")]
    [InlineData("GET http://example.org/ HTTP/1.1\r\nA: b\0")]
    [InlineData("")]
    public void Request_IsNone_WhenAProxyTakesNone(string head) => Assert.Null(Parse(head));

    private static ProxyRequest? Parse(string head) => ProxyRequest.Parse(Encoding.Latin1.GetBytes(head));
}
