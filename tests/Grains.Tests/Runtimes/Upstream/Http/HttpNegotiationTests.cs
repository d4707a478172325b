using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Identity;
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

    [Fact]
    public async Task SlowServer_IsAskedAgain_ByTheNextConversation()
    {
        _options.ProbeTimeout = TimeSpan.FromMilliseconds(100);
        var table = new UpstreamTable(new UpstreamTerms(
            new HttpLinks(Link), new CSharp.RecordingEvents(), _options, TimeProvider.System, NullLogger.Instance));
        var first = table.OpenAsync(Client("ann"), default).AsTask();

        var late = await _http.NextAsync();
        (await _http.NextAsync()).Result(Initialized, "s-1");
        (await _http.NextAsync()).Answer(HttpStatusCode.Accepted);

        Assert.Equal(McpMethods.Discover, late.Header("Mcp-Method"));
        Assert.Equal(UpstreamEra.Legacy, (await first).Conversation!.Era);
        _options.ProbeTimeout = TimeSpan.FromMinutes(1);
        var second = table.OpenAsync(Client("bob"), default).AsTask();
        (await _http.NextAsync()).Result("""{"supportedVersions":["2026-07-28"],"capabilities":{}}""");
        Assert.Equal(UpstreamEra.Modern, (await second).Conversation!.Era);

        var closing = table.DisposeAsync().AsTask();
        (await _http.NextAsync("DELETE")).Answer(HttpStatusCode.OK);
        await closing;
    }

    [Fact]
    public async Task Server_IsNotAskedAgain_WhenItSaidThatItKnowsNoOther()
    {
        var table = new UpstreamTable(new UpstreamTerms(
            new HttpLinks(Link), new CSharp.RecordingEvents(), _options, TimeProvider.System, NullLogger.Instance));
        foreach (var principal in new[] { "ann", "bob" })
        {
            var opening = table.OpenAsync(Client(principal), default).AsTask();
            if (principal == "ann")
            {
                (await _http.NextAsync()).Answer(HttpStatusCode.BadRequest);
            }

            var initialize = await _http.NextAsync();
            Assert.Equal(McpMethods.Initialize, (string?)initialize.Body!["method"]);
            initialize.Result(Initialized);
            if (principal == "ann")
            {
                (await _http.NextAsync()).Answer(HttpStatusCode.BadRequest);
            }

            (await _http.NextAsync()).Answer(HttpStatusCode.Accepted);
            Assert.Equal(UpstreamEra.Legacy, (await opening).Conversation!.Era);
        }

        await table.DisposeAsync();
    }

    private static UpstreamClient Client(string principal) => UpstreamClient.OfRequest(
        new CallContext
        {
            Tenant = TenantId.Parse("default"),
            Principal = PrincipalId.Parse(principal),
            Revision = "2026-07-28",
            CorrelationId = "test",
        },
        "{}"u8.ToArray());

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

    /// <summary>A link for each client.</summary>
    private sealed class HttpLinks(Func<HttpLink> link) : IUpstreamLinks
    {
        public bool IsShared => false;

        public UpstreamEra? Era => null;

        public ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken) =>
            new(UpstreamOpening.Opened(link()));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
