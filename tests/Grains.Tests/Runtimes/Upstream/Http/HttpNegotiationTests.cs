using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>Which era a server is spoken to in, over HTTP, for a client with a session.</summary>
public sealed class HttpNegotiationTests : IDisposable
{
    private const string Initialized =
        """{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}""";

    private readonly ScriptedHttp _http = new();
    private readonly UpstreamRuntimeOptions _options = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Server_IsSpokenToWithoutSessions_WhenItKeepsNoneAndKnowsBothEras()
    {
        await using var link = Link();
        var agreeing = AgreeAsync(link);

        (await _http.NextAsync()).Result(Initialized);
        var discover = await _http.NextAsync();
        Assert.Equal(McpMethods.Discover, discover.Header("Mcp-Method"));
        discover.Result("""{"supportedVersions":["2026-07-28","2025-11-25"],"capabilities":{}}""");

        Assert.Equal(UpstreamEra.Modern, (await agreeing).Era);
    }

    [Fact]
    public async Task Server_IsSpokenToInTheOldEra_WhenItKnowsNoOther()
    {
        await using var link = Link();
        var agreeing = AgreeAsync(link);

        (await _http.NextAsync()).Result(Initialized);
        (await _http.NextAsync()).Answer(HttpStatusCode.BadRequest);
        var initialized = await _http.NextAsync();
        initialized.Answer(HttpStatusCode.Accepted);

        Assert.Equal(McpMethods.Initialized, (string?)initialized.Body!["method"]);
        Assert.Equal(UpstreamEra.Legacy, (await agreeing).Era);
    }

    [Fact]
    public async Task Server_IsSpokenToInTheNewEra_WhenItRefusesInitialize()
    {
        await using var link = Link();
        var agreeing = AgreeAsync(link);

        var initialize = await _http.NextAsync();
        initialize.Answer(HttpStatusCode.NotFound);
        (await _http.NextAsync()).Result("""{"supportedVersions":["2026-07-28"],"capabilities":{}}""");

        Assert.Equal("2025-11-25", (string?)initialize.Body!["params"]!["protocolVersion"]);
        Assert.Equal(UpstreamEra.Modern, (await agreeing).Era);
    }

    private HttpLink Link() => new(
        new HttpLinkTarget(new Uri("http://upstream.test/mcp"), new HttpMessageInvoker(_http, disposeHandler: false)),
        _options,
        new HttpLinkOptions(),
        TimeProvider.System);

    private Task<UpstreamAgreement> AgreeAsync(HttpLink link)
    {
        var events = new CSharp.RecordingEvents();
        var calls = new UpstreamCalls(
            new UpstreamAudience(events, null), _options, TimeProvider.System, NullLogger.Instance);
        var terms = new UpstreamTerms(
            new LineServerLinks(_options), events, _options, TimeProvider.System, NullLogger.Instance);
        link.Begin(calls);
        var sender = new UpstreamSender(link, calls, terms);
        var negotiation = new UpstreamNegotiation(
            sender, null, McpRevision.LatestWithSessions, _options, TimeProvider.System);
        return negotiation.AgreeAsync(null, default).AsTask();
    }
}
