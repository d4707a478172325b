using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Quotas;
using Smcp.Runtimes.CSharp;
using Smcp.Samples.Everything;
using Smcp.TestSupport;

namespace Smcp.ResourceServer;

/// <summary>The rows of the checklist about the transport, each over HTTP for the revisions that it is of.</summary>
public sealed class TransportRowTests : IAsyncLifetime, IDisposable
{
    private const string Stateless = "2026-07-28";
    private const string Path = "/t/default/s/everything/mcp";

    private readonly CollectedLog _said = new();
    private SecurityHost _host = null!;
    private string _key = string.Empty;

    public static TheoryData<string> Revisions => McpCaller.Revisions;

    public static TheoryData<string> SessionRevisions => McpCaller.SessionRevisions;

    public async Task InitializeAsync()
    {
        _host = await SecurityHost.StartAsync(services => services
            .AddQuotas()
            .AddCSharpServers(typeof(EverythingServer).Assembly)
            .AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_said)));
        _key = await ResourceServerHost.KeyAsync(_host, "mcp-user", McpScopes.Tools);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _said.Dispose();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS08_CredentialInQueryOrForm_IsNotTakenAndNotLogged(string revision)
    {
        using var taken = await CallerOf(revision).FirstAsync();
        using var query = await McpCaller.Of(_host, revision, null, $"{Path}?access_token={_key}").FirstAsync();
        using var form = await _host.Client.SendAsync(Post(
            $"access_token={_key}", "application/x-www-form-urlencoded", (McpHeaders.ProtocolVersion, revision)));

        Assert.Equal(200, (int)taken.StatusCode);
        Assert.Contains((int)query.StatusCode, new[] { 400, 401 });
        Assert.Contains((int)form.StatusCode, new[] { 400, 401 });
        Assert.NotEmpty(_said.Lines);
        Assert.False(_said.Holds(_key));
    }

    [Theory]
    [MemberData(nameof(SessionRevisions))]
    public async Task RS11_SessionId_MustBeThereAndInForce(string revision)
    {
        var caller = await CallerOf(revision).OpenAsync();
        var session = caller.Session;
        caller.Session = null;
        using var absent = await caller.SendAsync("tools/list");
        caller.Session = session;
        using var before = await caller.SendAsync("tools/list");
        using var ended = await caller.AskAsync(HttpMethod.Delete);

        using var after = await caller.SendAsync("tools/list");
        using var stream = await caller.AskAsync(HttpMethod.Get);
        using var again = await caller.AskAsync(HttpMethod.Delete);

        Assert.Equal((400, 200, 204), ((int)absent.StatusCode, (int)before.StatusCode, (int)ended.StatusCode));
        Assert.Equal((404, 404, 404), ((int)after.StatusCode, (int)stream.StatusCode, (int)again.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS12_ForeignOrigin_Is403(string revision)
    {
        _host.Client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var foreign = await CallerOf(revision).FirstAsync();
        _host.Client.DefaultRequestHeaders.Remove("Origin");
        _host.Client.DefaultRequestHeaders.Add("Origin", _host.Issuer);
        using var own = await CallerOf(revision).FirstAsync();

        Assert.Equal((403, 200), ((int)foreign.StatusCode, (int)own.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS13_ForeignHost_IsRefused(string revision)
    {
        _host.Client.DefaultRequestHeaders.Host = "evil.example";
        using var foreign = await CallerOf(revision).FirstAsync();
        _host.Client.DefaultRequestHeaders.Host = null;
        using var own = await CallerOf(revision).FirstAsync();

        Assert.Equal((403, 200), ((int)foreign.StatusCode, (int)own.StatusCode));
    }

    [Theory]
    [MemberData(nameof(SessionRevisions))]
    public async Task RS14_UnknownRevisionOfASession_Is400(string revision)
    {
        var caller = await CallerOf(revision).OpenAsync();
        using var unsaid = await caller.SendAsync("tools/list");
        _host.Client.DefaultRequestHeaders.Add(McpHeaders.ProtocolVersion, "1900-01-01");

        using var unknown = await caller.SendAsync("tools/list");

        Assert.Equal((200, 400), ((int)unsaid.StatusCode, (int)unknown.StatusCode));
    }

    [Fact]
    public async Task RS14_UnknownRevisionOfARequest_Is400AndToldWhichAreServed()
    {
        var (status, body) = await SendStatelessAsync("tools/list", "{}", revision: "1900-01-01");

        Assert.Equal((400, McpErrorCodes.UnsupportedVersion), (status, (int)body["error"]!["code"]!));
        Assert.Contains(
            Stateless, body["error"]!["data"]!["supported"]!.AsArray().Select(version => (string)version!));
    }

    [Theory]
    [InlineData(McpHeaders.Method, null)]
    [InlineData(McpHeaders.Method, "tools/list")]
    [InlineData(McpHeaders.Name, null)]
    [InlineData(McpHeaders.Name, "test_simple_text")]
    [InlineData(McpHeaders.Name, "=?base64?dGVzdF9zaW1wbGVfdGV4dA==?=")]
    [InlineData("Mcp-Param-Region", null)]
    [InlineData("Mcp-Param-Region", "us")]
    [InlineData("Mcp-Param-Region", "=?base64?dXM=?=")]
    public async Task RS15_HeaderThatIsNotTheBodys_Is400AndNothingRuns(string header, string? value)
    {
        const string Call = """{"name":"test_header_tool","arguments":{"region":"eu"}}""";
        var (right, answered) = await SendStatelessAsync("tools/call", Call, [("Mcp-Param-Region", "eu")]);
        var (status, body) = await SendStatelessAsync(
            "tools/call", Call, [("Mcp-Param-Region", "eu"), (header, value)]);

        Assert.Equal(200, right);
        Assert.Contains("Region: eu", answered.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((400, McpErrorCodes.HeaderMismatch), (status, (int)body["error"]!["code"]!));
        Assert.Null(body["result"]);
    }

    [Theory]
    [InlineData(McpMetaKeys.ProtocolVersion)]
    [InlineData(McpMetaKeys.ClientCapabilities)]
    public async Task RS17_MetaWithoutWhatIsRequired_Is400(string key)
    {
        var (status, body) = await SendStatelessAsync("tools/list", "{}", without: key);

        Assert.Equal((400, McpErrorCodes.InvalidParams), (status, (int)body["error"]!["code"]!));
    }

    [Fact]
    public async Task RS18_RequestState_IsItsPrincipalsForItsRequestOnce()
    {
        const string Tool = "test_input_required_result_request_state";
        var mallory = new McpCaller(_host, Stateless, await ResourceServerHost.KeyAsync(
            _host, "mcp-user", McpScopes.Tools))
        {
            Path = Path,
            Capabilities = """{"elicitation":{}}""",
        };
        var alice = new McpCaller(_host, Stateless, _key) { Path = Path, Capabilities = """{"elicitation":{}}""" };
        var asked = (await alice.CallAsync("tools/call", $$$"""{"name":"{{{Tool}}}","arguments":{}}"""))["result"]!;
        var state = (string)asked["requestState"]!;
        var question = asked["inputRequests"]!.AsObject().Single().Key;

        string Answer(string tool, string shown) => new JsonObject
        {
            ["name"] = tool,
            ["arguments"] = new JsonObject(),
            ["requestState"] = shown,
            ["inputResponses"] = new JsonObject
            {
                [question] = JsonNode.Parse("""{"action":"accept","content":{"confirmed":true}}"""),
            },
        }.ToJsonString();

        var refused = new[]
        {
            await alice.CodeOfAsync("tools/call", Answer(Tool, state + "x")),
            await alice.CodeOfAsync("tools/call", Answer("test_simple_text", state)),
            await mallory.CodeOfAsync("tools/call", Answer(Tool, state)),
        };
        var answered = await alice.CallAsync("tools/call", Answer(Tool, state));
        var again = await alice.CodeOfAsync("tools/call", Answer(Tool, state));

        Assert.All([.. refused, again], code => Assert.Equal(McpErrorCodes.InvalidParams, code));
        Assert.Contains("state-ok", answered.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task RS21_OtherMethodsThanPost_Are405(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Path);
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add(McpHeaders.ProtocolVersion, Stateless);
        using var response = await SendAsync(request);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task RS21_SessionsAndResumption_AreNotOfThisRevision()
    {
        var session = await CallerOf("2025-11-25").OpenAsync();
        var (status, body) = await SendStatelessAsync(
            "tools/call", """{"name":"test_simple_text","arguments":{}}""",
            [(McpHeaders.SessionId, session.Session + "x"), ("Last-Event-ID", "1-1")]);

        Assert.Equal(200, status);
        Assert.NotNull(body["result"]);
    }

    [Theory]
    [InlineData("2025-03-26", 200)]
    [InlineData("2025-06-18", 400)]
    [InlineData("2025-11-25", 400)]
    [InlineData(Stateless, 400)]
    public async Task RS22_Batch_IsOfTheFirstRevisionOnly(string revision, int expected)
    {
        var caller = await CallerOf(revision).OpenAsync();
        (string, string?)[] headers = caller.Session is { } session
            ? [(McpHeaders.SessionId, session)]
            : [(McpHeaders.ProtocolVersion, revision), (McpHeaders.Method, "ping")];
        using var response = await SendAsync(Post(
            """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]""",
            "application/json", headers));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(expected, (int)response.StatusCode);
        if (expected == 200)
        {
            Assert.Equal([1, 2], body.AsArray().Select(answer => (int)answer!["id"]!).Order());
        }
        else
        {
            Assert.Equal(McpErrorCodes.InvalidRequest, (int)body["error"]!["code"]!);
        }
    }

    private McpCaller CallerOf(string revision) => McpCaller.Of(_host, revision, _key, Path);

    /// <summary>A request of 2026-07-28 with these headers for its own; null leaves one out.</summary>
    private async Task<(int Status, JsonNode Body)> SendStatelessAsync(
        string method,
        string parameters,
        (string Name, string? Value)[]? headers = null,
        string revision = Stateless,
        string? without = null)
    {
        var meta = new JsonObject
        {
            [McpMetaKeys.ProtocolVersion] = revision,
            [McpMetaKeys.ClientCapabilities] = new JsonObject(),
        };
        meta.Remove(without ?? string.Empty);
        var json = JsonNode.Parse(parameters)!.AsObject();
        json["_meta"] = meta;
        var usual = new List<(string Name, string? Value)>
        {
            (McpHeaders.ProtocolVersion, revision), (McpHeaders.Method, method),
        };
        if ((string?)json["name"] is { } name)
        {
            usual.Add((McpHeaders.Name, name));
        }

        foreach (var (header, value) in headers ?? [])
        {
            usual.RemoveAll(pair => pair.Name == header);
            usual.Add((header, value));
        }

        using var response = await SendAsync(Post(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{json.ToJsonString()}}}""",
            "application/json", [.. usual]));
        var text = await response.Content.ReadAsStringAsync();
        var data = text.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return ((int)response.StatusCode, JsonNode.Parse(data?["data: ".Length..] ?? text)!);
    }

    private static HttpRequestMessage Post(
        string body, string mediaType, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType)),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_key}");
        return _host.Client.SendAsync(request);
    }
}
