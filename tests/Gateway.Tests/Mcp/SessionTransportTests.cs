using System.Net;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp;

/// <summary>What 2025-03-26, 2025-06-18 and 2025-11-25 transports all demand of POST and DELETE.</summary>
public sealed class SessionTransportTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public static TheoryData<string> Revisions => ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Initialize_IssuesVisibleRandomId_WhenItSucceeds(string revision)
    {
        var (first, _) = await _host.OpenSessionAsync(revision);
        var (second, _) = await _host.OpenSessionAsync(revision);

        Assert.Matches("^[!-~]{43}$", first);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public async Task Initialize_Negotiates_WhenAskedForAVersion(string asked, string negotiated)
    {
        var (status, body) = await _host.SendAsync(McpWire.Post(McpWire.Initialize(asked)));

        Assert.Equal(200, status);
        Assert.Equal(negotiated, (string?)body!["result"]!["protocolVersion"]);
    }

    [Fact]
    public async Task Initialize_IgnoresTheVersionHeader_WhenTheBodyOpensASession()
    {
        var (status, body) = await _host.SendAsync(McpWire.Post(
            McpWire.Initialize("2025-06-18"), (McpHeaders.ProtocolVersion, "2026-07-28")));

        Assert.Equal(200, status);
        Assert.Equal("2025-06-18", (string?)body!["result"]!["protocolVersion"]);
    }

    [Fact]
    public async Task Initialize_IssuesNoId_WhenItIsRefused()
    {
        using var response = await _host.Client.SendAsync(McpWire.Post(McpWire.Initialize("refuse")));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.False(response.Headers.Contains(McpHeaders.SessionId));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Request_IsAnsweredAsJson_WhenItsAnswerIsReady(string revision)
    {
        var (_, headers) = await _host.OpenSessionAsync(revision);

        using var response = await _host.Client.SendAsync(
            McpWire.Post(McpWire.Request("tools/call", """{"name":"echo"}""", "\"a\\u0062\""), headers));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(response.Content.Headers.ContentLength);
        Assert.Equal(
            """{"jsonrpc":"2.0","id":"a\u0062","result":{"name":"echo"}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Request_Is400_WhenItHasNoSessionId(string revision)
    {
        var (status, body) = await _host.SendAsync(
            McpWire.Post(McpWire.Request("tools/list"), (McpHeaders.ProtocolVersion, revision)));

        Assert.Equal(400, status);
        Assert.Equal(McpErrorCodes.InvalidRequest, body.Code());
        Assert.Equal(1, (int)body!["id"]!);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../x")]
    [InlineData("no such thing")]
    public async Task Request_Is404_WhenItsSessionIsUnknown(string id)
    {
        var (status, body) = await _host.SendAsync(
            McpWire.Post(McpWire.Request("tools/list"), (McpHeaders.SessionId, id)));

        Assert.Equal(404, status);
        Assert.Equal(McpErrorCodes.SessionNotFound, body.Code());
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Request_Is404_WhenItsSessionWasDeleted(string revision)
    {
        var (_, headers) = await _host.OpenSessionAsync(revision);

        using var deleted = await _host.Client.SendAsync(McpWire.Delete(headers));
        var (status, _) = await _host.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers));
        using var again = await _host.Client.SendAsync(McpWire.Delete(headers));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(404, status);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Request_Is404_WhenItsSessionExpiredThoughItWasRemembered()
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-11-25");
        _host.Grains.Session(id).Expire();

        Assert.Equal(404, (await _host.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers))).Status);
        Assert.Equal(404, (await _host.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers))).Status);
        Assert.Equal(1, _host.Grains.Session(id).Described);
    }

    [Fact]
    public async Task Session_IsDescribedOnce_WhenAnotherGatewayOpenedIt()
    {
        var session = _host.Grains.Session("opened-elsewhere");
        await session.InitializeAsync(Context("2025-06-18"), new McpCall { Method = "initialize" }, default);
        (string, string)[] headers = [(McpHeaders.SessionId, "opened-elsewhere")];

        Assert.Equal(200, (await _host.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers))).Status);
        Assert.Equal(200, (await _host.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers))).Status);

        Assert.Equal(1, session.Described);
        Assert.Equal("2025-06-18", session.Contexts[0].Revision);
        Assert.Equal("anonymous", session.Contexts[0].Principal.ToString());
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Notification_Is202WithoutBody_WhenAccepted(string revision)
    {
        var (id, headers) = await _host.OpenSessionAsync(revision);

        using var response = await _host.Client.SendAsync(
            McpWire.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", headers));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        Assert.Equal("notifications/initialized", _host.Grains.Session(id).Notified.Single().Method);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"q1","result":{"roots":[]}}""", false)]
    [InlineData("""{"jsonrpc":"2.0","id":"q1","error":{"code":-1,"message":"no"}}""", true)]
    public async Task Response_Is202_WhenItAnswersAQuestion(string body, bool isError)
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-11-25");

        var (status, _) = await _host.SendAsync(McpWire.Post(body, headers));

        Assert.Equal(202, status);
        var (question, answer) = _host.Grains.Session(id).Answered.Single();
        Assert.Equal("\"q1\"", question.Token);
        Assert.Equal(isError, answer.IsError);
    }

    [Theory]
    [InlineData("application/json, text/event-stream", 200)]
    [InlineData("text/event-stream,application/json;q=0.5", 200)]
    [InlineData("*/*", 200)]
    [InlineData("application/*, text/*", 200)]
    [InlineData("APPLICATION/JSON, Text/Event-Stream", 200)]
    [InlineData("application/json", 406)]
    [InlineData("text/event-stream", 406)]
    [InlineData("text/html", 406)]
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("application/json, text/event-stream;q=0.0", 406)]
    public async Task Post_Is406_WhenAcceptMissesAType(string accept, int expected)
    {
        var (status, _) = await _host.SendAsync(McpWire.Post(McpWire.Initialize("2025-11-25"), ("Accept", accept)));

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/jsonx", 415)]
    [InlineData(null, 415)]
    public async Task Post_Is415_WhenContentIsNotJson(string? type, int expected)
    {
        var request = McpWire.Post(McpWire.Initialize("2025-11-25"));
        request.Content!.Headers.Remove("Content-Type");
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        Assert.Equal(expected, (await _host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Post_Is415_WhenContentIsCoded()
    {
        var request = McpWire.Post(McpWire.Initialize("2025-11-25"));
        request.Content!.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(415, (await _host.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData(FaultReason.Internal, 200, McpErrorCodes.InternalError)]
    [InlineData(FaultReason.MethodNotFound, 200, McpErrorCodes.MethodNotFound)]
    [InlineData(FaultReason.InvalidParams, 200, McpErrorCodes.InvalidParams)]
    [InlineData(FaultReason.InvalidRequest, 400, McpErrorCodes.InvalidRequest)]
    [InlineData(FaultReason.LimitExceeded, 429, McpErrorCodes.InternalError)]
    [InlineData(FaultReason.Unavailable, 503, McpErrorCodes.InternalError)]
    [InlineData(FaultReason.TimedOut, 200, McpErrorCodes.InternalError)]
    [InlineData(FaultReason.SessionNotFound, 404, McpErrorCodes.SessionNotFound)]
    [InlineData(FaultReason.ServerNotFound, 404, McpErrorCodes.InvalidRequest)]
    public async Task Fault_IsAnsweredInBothLanguages_WhenACallIsRefused(FaultReason reason, int status, int code)
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-11-25");
        _host.Grains.Session(id).OnCall = _ => McpOutcome.Refused(reason, "No, because.");

        var answer = await _host.SendAsync(McpWire.Post(McpWire.Request("tools/call", "{}", "9"), headers));

        Assert.Equal((status, code), (answer.Status, answer.Body.Code()));
        Assert.Equal(9, (int)answer.Body!["id"]!);
        Assert.Equal("No, because.", (string?)answer.Body["error"]!["message"]);
    }

    [Fact]
    public async Task Cancelled_CallGetsAnEmptyStream_WhenNoAnswerIsOwed()
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-11-25");
        _host.Grains.Session(id).OnCall = _ => McpOutcome.Refused(FaultReason.Cancelled, "Cancelled.");

        using var response = await _host.Client.SendAsync(McpWire.Post(McpWire.Request("tools/call", "{}"), headers));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(typeof(IOException), 503)]
    [InlineData(typeof(TimeoutException), 504)]
    [InlineData(typeof(InvalidOperationException), 500)]
    public async Task Failure_OfTheEngineIsAnsweredAsJsonRpc_WhenAGrainCallThrows(Type exception, int expected)
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-11-25");
        _host.Grains.Session(id).OnCall = _ => throw (Exception)Activator.CreateInstance(exception, "secret detail")!;

        var (status, body) = await _host.SendAsync(McpWire.Post(McpWire.Request("tools/call", "{}"), headers));

        Assert.Equal(expected, status);
        Assert.Equal(McpErrorCodes.InternalError, body.Code());
        Assert.DoesNotContain("secret", body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task OtherMethods_Are405_WhenAskedOfTheEndpoint(string method)
    {
        using var response = await _host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), McpWire.Path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/t/default/s/UPPER/mcp")]
    [InlineData("/t/default/s/echo/mcp/")]
    [InlineData("/t/default/s/echo/mcp/x")]
    [InlineData("/t/default/s//mcp")]
    [InlineData("/T/default/s/echo/mcp")]
    public async Task Path_Is404_WhenItIsNoServersOfTheTenant(string path)
    {
        var request = McpWire.Post(McpWire.Initialize("2025-11-25"));
        request.RequestUri = new Uri(path, UriKind.Relative);
        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Identity.CallContext Context(string revision) => new()
    {
        Tenant = Identity.TenantId.Parse("default"),
        Principal = Identity.PrincipalId.Parse("anonymous"),
        Revision = revision,
        CorrelationId = "c",
        Scopes = [McpScopes.Tools],
        Permissions = ["mcp.*:*"],
    };
}
