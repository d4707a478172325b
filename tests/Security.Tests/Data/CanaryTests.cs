using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Identity.Federation;
using Smcp.OAuth;
using Smcp.OAuth.Authorize;
using Smcp.Protocol;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// Secrets of every kind are sent through the whole product, and then looked for in everything that it leaves behind:
/// logs at every level, spans, measurements, the database and its write-ahead log, exports, backups.
/// </summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Password = "canary password of four words";

    private readonly List<Marker> _markers = [];
    private readonly Evidence _evidence = new();
    private CanarySite _site = null!;
    private string _operator = string.Empty;
    private string _key = string.Empty;

    private SecurityHost Host => _site.Host;

    public async Task InitializeAsync()
    {
        _site = await CanarySite.StartAsync();
        _operator = await _site.OperatorKeyAsync();
        _key = await _site.KeyAsync(_operator);
        Keep("operator key", _operator[^49..^6]);
        Keep("API key", _key[^49..^6]);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Canary_IsFoundNowhere_WhenItWentEverywhere()
    {
        var master = await File.ReadAllTextAsync(Path.Combine(_site.DataFolder, "master.key"));
        _markers.Add(new Marker("master key", Convert.FromBase64String(master.Trim().Split(':')[^1])));
        await GiveSecretsAsync();
        await UseSessionAsync();
        await UseWithoutSessionAsync();
        await SendWhatIsRefusedAsync();
        await LogInAsync();
        await ExportAsync();

        await _site.CollectAsync(_evidence);

        _evidence.AssertHolds("logs", "Smcp");
        _evidence.AssertHolds("spans", $"mcp {McpMethods.ToolsCall}");
        _evidence.AssertHolds("metrics", "http.server.request.duration");
        _evidence.AssertHolds("store/smcp.db-wal", "default/canary");
        _evidence.AssertHolds("stopped/smcp.db", "default/canary");
        _evidence.AssertHolds("backup/copy", "default/canary");
        _evidence.AssertHolds("backup/smcp.backup", "SMCPBAK1");
        _evidence.AssertHolds("audit", "key.created");
        _evidence.AssertHolds("ocsf", "class_uid");
        _evidence.AssertHolds("usage", "canary");
        Assert.True(_markers.Count > 15, $"{_markers.Count} markers");
        Assert.Empty(_evidence.LeaksOf(_markers));
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("spans")]
    [InlineData("metrics")]
    [InlineData("store")]
    [InlineData("backup")]
    public async Task Canary_IsFound_WhenItIsLeaked(string where)
    {
        var marker = Keep(Marker.Plant("leaked"));
        var payload = Encoding.UTF8.GetBytes($$"""{"token":"{{marker.Text}}"}""");
        switch (where)
        {
            case "logs":
                Host.Services.GetRequiredService<ILogger<CanaryTests>>().LogLeak(marker.Text);
                break;
            case "spans":
                using (var source = new ActivitySource("Smcp.Leak"))
                {
                    source.StartActivity("leak")?.SetTag("argument", marker.Text).Stop();
                }

                break;
            case "metrics":
                using (var meter = new Meter("Smcp.Leak"))
                {
                    meter.CreateCounter<long>("leak").Add(1, KeyValuePair.Create("argument", (object?)marker.Text));
                }

                break;
            default:
                await Host.Services.GetRequiredKeyedService<IGrainStorage>(RawStorage.Key)
                    .WriteAsync(new StateAddress("thing", "default/leak", "state"), payload, 0, default);
                break;
        }

        await _site.CollectAsync(_evidence);

        Assert.Contains(_evidence.LeaksOf([marker]), leak => leak.Contains($" in {where}", StringComparison.Ordinal));
    }

    /// <summary>What administrators set and nobody reads back.</summary>
    private async Task GiveSecretsAsync()
    {
        var administrator = SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*");
        var outcome = await Host.Grains.Locate<ISecretsGrain>("default").SetAsync(
            administrator,
            new SecretWrite
            {
                Name = CanaryServer.SecretName,
                Value = Keep(Marker.Plant("secret")).Text,
                Servers = [ServerId.Parse("canary")],
            },
            default);
        Assert.Null(outcome.Fault);
        Assert.Null(await Host.Grains.Locate<IFederationGrain>("default").SetSecretAsync(
            administrator, Keep(Marker.Plant("providersecret")).Text, default));
    }

    /// <summary>A session: what it negotiated, arguments, results, failures, streams, stored state.</summary>
    private async Task UseSessionAsync()
    {
        var client = Keep(Marker.Plant("client")).Text;
        var (_, session) = await _site.SendAsync(
            $$$"""
            {"jsonrpc":"2.0","id":"{{{client}}}","method":"initialize","params":{"protocolVersion":"2025-11-25",
            "capabilities":{},"clientInfo":{"name":"{{{client}}}","version":"1"} } }
            """,
            _key);
        Assert.NotNull(session);
        await _site.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", _key, session);
        foreach (var tool in (string[])["echo", "tell", "fail", "remember"])
        {
            var text = Keep(Marker.Plant(tool)).Text;
            var (body, _) = await _site.SendAsync(
                $$$"""
                {"jsonrpc":"2.0","id":"{{{text}}}","method":"tools/call","params":{"name":"{{{tool}}}",
                "arguments":{"text":"{{{text}}}"},"_meta":{"progressToken":"{{{text}}}"} } }
                """,
                _key,
                session);
            Assert.Contains(text, body, StringComparison.Ordinal);
        }

        var (given, _) = await _site.SendAsync(
            """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"secret","arguments":{}}}""",
            _key,
            session);
        Assert.Contains("canarysecret", given, StringComparison.Ordinal);
    }

    private async Task UseWithoutSessionAsync()
    {
        var text = Keep(Marker.Plant("stateless")).Text;
        var (body, _) = await _site.SendAsync(
            $$$"""
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"{{{text}}}"},
            "_meta":{"{{{McpMetaKeys.ProtocolVersion}}}":"2026-07-28","{{{McpMetaKeys.ClientCapabilities}}}":{ } } } }
            """,
            _key,
            null,
            (McpHeaders.ProtocolVersion, "2026-07-28"),
            (McpHeaders.Method, McpMethods.ToolsCall),
            (McpHeaders.Name, "echo"));
        Assert.Contains(text, body, StringComparison.Ordinal);
    }

    /// <summary>What comes where it should not, or is not what it should be.</summary>
    private async Task SendWhatIsRefusedAsync()
    {
        await _site.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", Keep(Marker.Plant("badkey")).Text);
        await _site.SendAsync($$"""{"jsonrpc":"2.0","id":1,"x":{{Keep(Marker.Plant("badjson")).Text}}""", _key);
        await _site.SendAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{Keep(Marker.Plant("badmethod")).Text}}"}""", _key);
        var text = Keep(Marker.Plant("query")).Text;
        using var query = await Host.Client.GetAsync($"/t/default/s/canary/mcp?access_token={text}");
        using var path = await Host.Client.GetAsync($"/api/v1/tenants?token={text}");
        Assert.False(query.IsSuccessStatusCode || path.IsSuccessStatusCode);
    }

    /// <summary>A user is invited, sets a password, mistypes it, logs in, and lets an app act.</summary>
    private async Task LogInAsync()
    {
        using var invitee = new Person(Host);
        Keep("password", Password);
        var invited = JsonNode.Parse(await _site.AdministerAsync(
            "POST", "/tenants/default/users", _operator, """{"loginName":"alice","roles":["mcp-user"]}"""))!;
        var link = new Uri(invited["invitation"]!.GetValue<string>());
        Keep("invitation", Tail(Uri.UnescapeDataString(link.Query)));
        var form = await invitee.OpenAsync(link.PathAndQuery);
        var set = await invitee.SubmitAsync(form, ("new_password", Password));
        Assert.True((int)set.Status < 400, set.Text);
        Keep("cookie", Tail(invitee.CookieOf("smcp")!));

        var app = await OAuthClientDriver.RegisterAsync(Host, "client_secret_post");
        Keep("client secret", Tail(app.Secret!));
        var asked = "/authorize?response_type=code&state=s&scope=mcp:tools&code_challenge_method=S256"
            + $"&client_id={Uri.EscapeDataString(app.Id.ToString())}"
            + $"&redirect_uri={Uri.EscapeDataString(OAuthClientDriver.RedirectUri)}"
            + $"&resource={Uri.EscapeDataString(Host.ResourceOf("canary"))}"
            + $"&code_challenge={OAuthClientDriver.Challenge}";
        using var person = new Person(Host);
        var page = await person.OpenAsync(asked);
        page = await person.LogInAsync(page, "alice", Keep(Marker.Plant("wrongpassword")).Text);
        var entered = await person.LogInAsync(page, "alice", Password);
        Keep("cookie", Tail(person.CookieOf("smcp")!));
        Keep("browser", person.CookieOf("smcp-browser")!);
        Keep("device", person.CookieOf("smcp-device")!);
        var allowed = await person.AllowAsync(await person.OpenAsync(entered.Location!));
        var code = allowed.Sent["code"];
        Keep("code", Tail(code));
        var first = (await app.RedeemAsync(code)).IsGranted();
        var second = (await app.RefreshAsync(first.RefreshToken)).IsGranted();
        foreach (var answer in (TokenAnswer[])[first, second])
        {
            Keep("refresh token", Tail(answer.RefreshToken));
            Keep("access token", answer.AccessToken.Split('.')[1]);
            Keep("access token's signature", answer.AccessToken.Split('.')[2]);
        }

        var (body, _) = await _site.SendAsync(
            """{"jsonrpc":"2.0","id":1,"method":"ping"}""", first.AccessToken);
        Assert.NotEmpty(body);
    }

    /// <summary>What administrators take away, once everything is in it.</summary>
    private async Task ExportAsync()
    {
        await _site.AwaitAsync("/tenants/default/audit?action=token.issued", _operator, "token.issued");
        foreach (var tenant in (string[])["default", "platform"])
        {
            var export = $"/tenants/{tenant}/audit/export?format=";
            _evidence.Add($"audit of {tenant}", await _site.AdministerAsync("GET", export + "jsonl", _operator));
            _evidence.Add($"ocsf of {tenant}", await _site.AdministerAsync("GET", export + "ocsf", _operator));
        }

        const string usage = "/tenants/default/usage?by=server,tool,principal";
        _evidence.Add("usage", await _site.AwaitAsync(usage, _key, "remember"));
    }

    private Marker Keep(Marker marker)
    {
        _markers.Add(marker);
        return marker;
    }

    private void Keep(string name, string text)
    {
        Assert.True(text.Length >= 16, $"{name} is too short to be told apart.");
        _markers.Add(new Marker(name, text));
    }

    /// <summary>The secret of a credential: what stands before it may be known.</summary>
    private static string Tail(string credential) => credential.Split('.')[^1];
}
