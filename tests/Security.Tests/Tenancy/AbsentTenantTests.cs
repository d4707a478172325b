using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;
using Smcp.Data;
using Smcp.OAuth.Authorize;

namespace Smcp.Tenancy;

/// <summary>
/// A tenant that nobody has and one that was deleted: both are answered as unknown, wherever they are named, and
/// neither is a failure of ours.
/// </summary>
public sealed class AbsentTenantTests : IAsyncLifetime, IDisposable
{
    private const string Gone = "acme";
    private const string Unknown = "nobodys";
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly string[] Outliving =
    [
        "readTenant", "deleteTenant", "listVersions", "searchAudit", "verifyAudit", "exportAudit",
        "readTenantEncryption",
    ];

    private CanarySite _site = null!;
    private string _operator = string.Empty;
    private string _key = string.Empty;
    private string _unused = string.Empty;
    private string _invitation = string.Empty;
    private JsonNode _client = null!;
    private Person _member = null!;

    private AdminRoutes Routes => _site.Host.Services.GetRequiredService<AdminRoutes>();

    public async Task InitializeAsync()
    {
        _site = await CanarySite.StartAsync();
        _operator = await _site.OperatorKeyAsync();
        await _site.AdministerAsync("POST", "/tenants", _operator, $$"""{"id":"{{Gone}}"}""");
        _key = await _site.KeyAsync(_operator, Gone);
        _unused = await _site.KeyAsync(_operator, Gone);
        _invitation = await InviteAsync("dora");
        _client = JsonNode.Parse(await _site.AdministerAsync(
            "POST", $"/tenants/{Gone}/clients", _operator,
            """
            {"name":"robot","authentication":"secretPost","redirectUris":["https://app.example/cb"],
            "grantTypes":["authorization_code","client_credentials"],"roles":["admin"]}
            """))!;
        _member = new Person(_site.Host);
        var entered = await _member.SubmitAsync(
            await _member.OpenAsync(await InviteAsync("mia")), ("new_password", SecurityHost.Password));
        Assert.Equal("/account", entered.Location);
        Assert.Equal(200, (int)(await _member.OpenAsync("/account")).Status);
        using var before = await SendAsync("GET", $"/tenants/{Gone}/users", _key);
        Assert.Equal(200, (int)before.StatusCode);

        await _site.AdministerAsync("DELETE", $"/tenants/{Gone}", _operator);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _member.Dispose();

    [Fact]
    public async Task Route_Answers404_WhereNobodyHasTheTenant()
    {
        var wrong = new List<string>();
        foreach (var route in Routes.All.Where(route => route.Parameters.Contains("tenant")))
        {
            using var response = await AskAsync(route, Unknown, _operator);
            if (await IsOtherThanAsync(response, 404, "There is no such tenant.") is { } other)
            {
                wrong.Add($"{route.Name}: {other}");
            }
        }

        Assert.Empty(wrong);
        AssertNothingFailed();
    }

    [Fact]
    public async Task Route_Answers410WhereTheTenantWasDeleted_ButForWhatStays()
    {
        var wrong = new List<string>();
        foreach (var route in Routes.All.Where(route => route.Parameters.Contains("tenant")))
        {
            using var response = await AskAsync(route, Gone, _operator);
            var other = !Outliving.Contains(route.Name) ? await IsOtherThanAsync(response, 410, "was deleted")
                : response.IsSuccessStatusCode ? null
                : $"{(int)response.StatusCode}";
            if (other is not null)
            {
                wrong.Add($"{route.Name}: {other}");
            }
        }

        Assert.Empty(wrong);
        AssertNothingFailed();
    }

    [Theory]
    [InlineData(Gone)]
    [InlineData(Unknown)]
    public async Task Stranger_IsTold404_ByEveryRoute(string tenant)
    {
        var stranger = await _site.KeyAsync(_operator);
        var wrong = new List<string>();
        foreach (var route in Routes.All.Where(route => route.Parameters.Contains("tenant")))
        {
            using var response = await AskAsync(route, tenant, stranger);
            var detail = route.Right?.IsHidden == true ? "There is no such thing." : "There is no such tenant.";
            if (await IsOtherThanAsync(response, 404, detail) is { } other)
            {
                wrong.Add($"{route.Name}: {other}");
            }
        }

        Assert.Empty(wrong);
        AssertNothingFailed();
    }

    [Fact]
    public async Task Server_IsNotLeft_ForWhoeverGetsTheName()
    {
        using var refused = await SendAsync(
            "PUT", $"/tenants/{Unknown}/servers/board", _operator, """{"source":"canary"}""");
        await _site.AdministerAsync("POST", "/tenants", _operator, $$"""{"id":"{{Unknown}}"}""");

        var servers = await _site.AdministerAsync("GET", $"/tenants/{Unknown}/servers", _operator);

        Assert.Equal(404, (int)refused.StatusCode);
        Assert.DoesNotContain("board", servers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_IsUnknown_OnceItsTenantIsDeleted()
    {
        using var api = await SendAsync("GET", "/tenants/default", _unused);
        _site.Tenant = Gone;
        var (body, _) = await _site.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", _unused);

        Assert.Equal(401, (int)api.StatusCode);
        Assert.Contains("A valid credential is needed.", body, StringComparison.Ordinal);
        AssertNothingFailed();
    }

    [Theory]
    [InlineData(Gone)]
    [InlineData(Unknown)]
    public async Task Login_ReadsAsAWrongName(string tenant)
    {
        using var person = new Person(_site.Host);
        var form = await person.OpenAsync($"/login?tenant={tenant}");
        var named = await person.SubmitAsync(form, ("username", "mia"), ("password", SecurityHost.Password));
        var typed = await person.SubmitAsync(
            await person.OpenAsync("/login"),
            ("organization", tenant), ("username", "mia"), ("password", SecurityHost.Password));

        Assert.Equal(200, (int)form.Status);
        Assert.All([named, typed], seen =>
        {
            seen.IsRefused();
            Assert.Contains("Wrong name or password.", seen.Text, StringComparison.Ordinal);
        });
        AssertNothingFailed();
    }

    [Fact]
    public async Task Pages_TakeADeletedTenantForAnUnknownOne()
    {
        var invited = await _member.OpenAsync(_invitation);
        var account = await _member.OpenAsync("/account");
        var left = await _member.OpenAsync("/logout");
        var returned = await _member.OpenAsync($"/login/return?state={Gone}.{Secret}&code=c");
        var elsewhere = await _member.OpenAsync($"/login/return?state={Unknown}.{Secret}&code=c");

        invited.IsRefused();
        Assert.Contains("This invitation is not valid", invited.Text, StringComparison.Ordinal);
        Assert.Equal("/login", account.Location);
        Assert.Contains("You are logged out", left.Text, StringComparison.Ordinal);
        Assert.Equal((elsewhere.Status, elsewhere.Text), (returned.Status, returned.Text));
        AssertNothingFailed();
    }

    [Fact]
    public async Task FederatedLogin_TakesATenantThatIsNotThere_ForOneWithoutAProvider()
    {
        await _site.AdministerAsync("POST", "/tenants", _operator, """{"id":"idle"}""");
        await _site.AdministerAsync("POST", "/tenants/idle/suspend", _operator);
        var seen = new HashSet<(HttpStatusCode, string, HttpStatusCode, string)>();
        foreach (var tenant in new[] { "default", "idle", Gone, Unknown })
        {
            using var person = new Person(_site.Host);
            var returned = await person.OpenAsync($"/login/return?state={tenant}.{Secret}&code=c");
            var browser = person.CookieOf("smcp-browser");
            Assert.NotNull(browser);
            var token = Base64Url.EncodeToString(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(browser), "/login/organization\n"u8.ToArray()));
            var begun = await person.PostAsync(
                "/login/organization",
                [KeyValuePair.Create("tenant", tenant), KeyValuePair.Create("form_token", token)]);
            begun.IsRefused();
            seen.Add((returned.Status, returned.Text, begun.Status, begun.Text));
        }

        Assert.Single(seen);
        AssertNothingFailed();
    }

    [Fact]
    public async Task Authorize_TakesTheTenantsClientForAnUnknownOne()
    {
        var asked = await _member.OpenAsync(
            "/authorize?response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_challenge_method=S256"
            + $"&code_challenge={Secret}&client_id={_client["client"]!["id"]}");

        asked.IsRefused();
        Assert.Contains("The client is not known.", asked.Text, StringComparison.Ordinal);
        AssertNothingFailed();
    }

    [Theory]
    [InlineData(Gone)]
    [InlineData(Unknown)]
    public async Task Token_IsOfNoGrant(string tenant)
    {
        var grant = "AAAAAAAAAAAAAAAAAAAAAA";
        var registered = await AuthorizeSite.RegisterAsync(_site.Host, "App");
        var code = await PostAsync(
            "/token", ("grant_type", "authorization_code"), ("client_id", registered),
            ("code", $"smcpc.{tenant}.{grant}.{Secret}"));
        var refresh = await PostAsync(
            "/token", ("grant_type", "refresh_token"), ("client_id", registered),
            ("refresh_token", $"smcpr.{tenant}.{grant}.{Secret}"));
        var revoked = await PostAsync(
            "/revoke", ("client_id", registered), ("token", $"smcpr.{tenant}.{grant}.{Secret}"));

        Assert.Equal((400, "invalid_grant"), code);
        Assert.Equal((400, "invalid_grant"), refresh);
        Assert.Equal((200, null), revoked);
        AssertNothingFailed();
    }

    [Fact]
    public async Task Client_IsUnknown_OnceItsTenantIsDeleted()
    {
        var answer = await PostAsync(
            "/token",
            ("grant_type", "client_credentials"),
            ("client_id", _client["client"]!["id"]!.ToString()),
            ("client_secret", _client["secret"]!.ToString()),
            ("resource", $"{_site.Host.Issuer}/api/v1"));

        Assert.Equal((401, "invalid_client"), answer);
        AssertNothingFailed();
    }

    private static async Task<string?> IsOtherThanAsync(HttpResponseMessage response, int status, string detail)
    {
        var text = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode == status
            && response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && JsonNode.Parse(text)!["detail"]!.ToString().Contains(detail, StringComparison.Ordinal)
                ? null
                : $"{(int)response.StatusCode} {text}";
    }

    /// <summary>Nothing that was asked for is a failure: no exception stands in the log.</summary>
    private void AssertNothingFailed()
    {
        Assert.DoesNotContain("StorageUnavailableException", _site.Logged, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Smcp.", _site.Logged, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AskAsync(AdminRoute route, string tenant, string key) => SendAsync(
        route.Method,
        '/' + string.Join('/', route.Segments.Select(
            segment => segment == "{tenant}" ? tenant : segment[0] == '{' ? "1" : segment)),
        key);

    private Task<HttpResponseMessage> SendAsync(string method, string path, string key, string? body = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), AdminRoutes.Prefix + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = body is null ? null : new StringContent(body, null, "application/json");
        return _site.Host.Client.SendAsync(request);
    }

    private async Task<(int Status, string? Error)> PostAsync(
        string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var response = await _site.Host.Client.PostAsync(path, content);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, (string?)body?["error"]);
    }

    private async Task<string> InviteAsync(string name)
    {
        var invited = await _site.AdministerAsync(
            "POST", $"/tenants/{Gone}/users", _operator, $$"""{"loginName":"{{name}}","roles":["mcp-user"]}""");
        return new Uri(JsonNode.Parse(invited)!["invitation"]!.ToString()).PathAndQuery;
    }
}
