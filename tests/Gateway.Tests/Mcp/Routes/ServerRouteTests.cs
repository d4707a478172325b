namespace Smcp;

/// <summary>
/// One spelling of a path reaches a server: a proxy that admits by path must not be passed by another spelling of it.
/// </summary>
public sealed class ServerRouteTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/t/default/s/echo/mcp")]
    [InlineData("/t/default/s/echo/mcp?a=%2F/../b")]
    [InlineData("http://localhost/t/default/s/echo/mcp")]
    [InlineData("http://localhost/t/default/s/echo/mcp?a=b")]
    public async Task Path_ReachesItsServer_WhenItIsWrittenAsItIs(string target) =>
        Assert.StartsWith("HTTP/1.1 200 ", await PostAsync(target), StringComparison.Ordinal);

    [Theory]
    [InlineData("/t/default/s/%65cho/mcp")]
    [InlineData("/t/default/s/%2565cho/mcp")]
    [InlineData("/t/d%65fault/s/echo/mcp")]
    [InlineData("/%74/default/s/echo/mcp")]
    [InlineData("/t/default/s/echo/mc%70")]
    [InlineData("/t%2Fdefault/s/echo/mcp")]
    [InlineData("/t/default/s/echo%2Fmcp")]
    [InlineData("/t/default/s/echo%2fmcp")]
    [InlineData("/t/default/s/echo%252Fmcp")]
    [InlineData("/t/default/s/echo%5Cmcp")]
    [InlineData("/t/default/s/./echo/mcp")]
    [InlineData("/t/default/s/%2e/echo/mcp")]
    [InlineData("/t/default/s/x/../echo/mcp")]
    [InlineData("/t/default/s/x/%2e%2e/echo/mcp")]
    [InlineData("/t/default/s/x/.%2E/echo/mcp")]
    [InlineData("/t/default/s/x/%252e%252e/echo/mcp")]
    [InlineData("/t/other/../default/s/echo/mcp")]
    [InlineData("//t/default/s/echo/mcp")]
    [InlineData("/t/default//s/echo/mcp")]
    [InlineData("/t/default/s/echo/mcp/")]
    [InlineData("/t/default/s/echo/mcp/.")]
    [InlineData("/t/default/s/echo/mcp;a")]
    [InlineData("/T/default/s/echo/mcp")]
    [InlineData("/t/default/s/Echo/mcp")]
    [InlineData("/t/default/s/echo/mcp%20")]
    [InlineData("/t/default/s/echo/mcp%3F")]
    [InlineData("/t/default/s/echo/mcp%00")]
    [InlineData("http://localhost/t/default/s/%65cho/mcp")]
    [InlineData("http://localhost/t/default/s/x/../echo/mcp")]
    public async Task Path_ReachesNoServer_WhenItIsSpeltOtherwise(string target) =>
        Assert.Matches("^HTTP/1.1 (404|400) ", await PostAsync(target));

    private async Task<string> PostAsync(string target)
    {
        using var socket = await RawSocket.ConnectAsync(_host);
        var body = McpWire.Initialize("2025-11-25");
        await socket.SendAsync(
            $"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Accept: application/json, text/event-stream\r\nConnection: close\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
        return await socket.ReadToEndAsync();
    }
}
