using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>What all routes have in common: bodies, versions, replays, pages, errors, the document.</summary>
public sealed class AdminApiTests : IAsyncLifetime
{
    private const string Tenants = "/tenants";
    private const string Configuration = "/tenants/acme/configuration";

    private AdminSite _site = null!;

    public async Task InitializeAsync() => _site = await AdminSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Tenant_IsMade_ConfiguredAndFound()
    {
        using var made = await SendAsync(
            "POST", Tenants, new { id = "acme", configuration = new { displayName = "A" } });
        using var read = await SendAsync("GET", Configuration);
        using var put = await SendAsync("PUT", Configuration, new { displayName = "B" }, ("If-Match", Tag(read)));
        using var list = await SendAsync("GET", "/tenants?limit=2");

        Assert.Equal(201, (int)made.StatusCode);
        Assert.Equal($"{_site.Host.Issuer}/api/v1/tenants/acme", made.Headers.Location!.ToString());
        Assert.Equal("\"1\"", Tag(read));
        Assert.Equal(("\"2\"", 200), (Tag(put), (int)put.StatusCode));
        var page = await AdminSite.JsonOfAsync(list);
        Assert.Equal(["acme", "default"], page["items"]!.AsArray().Select(item => (string)item!["id"]!));
        using var rest = await SendAsync("GET", $"/tenants?limit=2&after={(string)page["next"]!}");
        Assert.Equal("platform", (string)(await AdminSite.JsonOfAsync(rest))["items"]![0]!["id"]!);
    }

    [Fact]
    public async Task Put_IsRefused_WithoutAVersionAndWithAnother()
    {
        await _site.ProvisionAsync("acme");

        using var none = await SendAsync("PUT", Configuration, new { displayName = "B" });
        using var other = await SendAsync("PUT", Configuration, new { displayName = "B" }, ("If-Match", "\"7\""));
        using var weak = await SendAsync("PUT", Configuration, new { displayName = "B" }, ("If-Match", "W/\"1\""));

        Assert.Equal(428, (int)none.StatusCode);
        Assert.Equal(412, (int)other.StatusCode);
        Assert.Equal(412, (int)weak.StatusCode);
    }

    [Fact]
    public async Task Patch_ChangesWhatItNames_AndLeavesTheRest()
    {
        await _site.ProvisionAsync("acme");
        using var first = await SendAsync(
            "PATCH", Configuration, new { displayName = "A", network = new { allow = new[] { "127.0.0.0/8" } } });
        using var second = await SendAsync(
            "PATCH", Configuration, """{"displayName":null,"network":{"deny":["192.0.2.0/24"]}}""");

        var after = await AdminSite.JsonOfAsync(second);
        Assert.Null(after["displayName"]);
        Assert.Equal("127.0.0.0/8", (string)after["network"]!["allow"]![0]!);
        Assert.Equal("192.0.2.0/24", (string)after["network"]!["deny"]![0]!);
    }

    [Theory]
    [InlineData("""{"id":"acme","status":"active"}""")]
    [InlineData("""{"id":"acme","configuration":{"generation":3}}""")]
    [InlineData("""{"id":"acme","id":"other"}""")]
    [InlineData("""{"ID":"acme"}""")]
    [InlineData("""{"id":"Not An Id"}""")]
    [InlineData("""{"id":"acme","configuration":null}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"id":""")]
    public async Task Body_IsRefused_WhenItIsNotExactlyWhatIsAskedFor(string body)
    {
        using var response = await SendAsync("POST", Tenants, body);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:smcp:problem:invalid", (string)(await AdminSite.JsonOfAsync(response))["type"]!);
    }

    [Theory]
    [InlineData("""{"roles":[null]}""")]
    [InlineData("""{"network":{"allow":[null]}}""")]
    [InlineData("""{"network":{"denyCountries":[null]}}""")]
    [InlineData("""{"displayName":"A","displayName":"B"}""")]
    [InlineData("""{"network":{"deny":[],"deny":[]}}""")]
    [InlineData("""{"displayName":"\ud800"}""")]
    [InlineData("""{"displayName":"turned\u202eround"}""")]
    [InlineData("""{"federation":{"issuer":"https://p.example","clientId":"c","displayName":"o\u2028k"}}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task Patch_IsRefused_WhenItHoldsWhatIsNoValue(string patch)
    {
        await _site.ProvisionAsync("acme");

        using var response = await SendAsync("PATCH", Configuration, patch);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("urn:smcp:problem:invalid", (string)(await AdminSite.JsonOfAsync(response))["type"]!);
    }

    [Theory]
    [InlineData("29.23:59:59", 400)]
    [InlineData("30.00:00:00", 200)]
    [InlineData("4000.00:00:00", 400)]
    public async Task AuditRetention_IsNoShorterThanOperatorsLetItBe(string retention, int status)
    {
        await _site.ProvisionAsync("acme");
        var (admin, _) = await _site.KeyAsync("acme", "admin");

        using var theirs = await _site.SendAsync("PATCH", Configuration, admin, new { auditRetention = retention });
        using var operators = await SendAsync("PATCH", Configuration, new { auditRetention = retention });

        Assert.Equal((status, status), ((int)theirs.StatusCode, (int)operators.StatusCode));
    }

    [Fact]
    public async Task AuditRetention_IsAsShortAsOperatorsLetItBe()
    {
        await using var site = await AdminSite.StartAsync(services =>
            services.PostConfigure<AuditOptions>(options => options.TenantRetentionMin = TimeSpan.FromDays(7)));
        await site.ProvisionAsync("acme");
        var (admin, _) = await site.KeyAsync("acme", "admin");

        using var shorter = await site.SendAsync(
            "PATCH", Configuration, admin, new { auditRetention = "6.00:00:00" });
        using var shortest = await site.SendAsync(
            "PATCH", Configuration, admin, new { auditRetention = "7.00:00:00" });

        Assert.Equal((400, 200), ((int)shorter.StatusCode, (int)shortest.StatusCode));
    }

    [Theory]
    [InlineData("""{"loginName":"a@b.example","roles":[null]}""", 400)]
    [InlineData("""{"loginName":"a@b.example","roles":[],"displayName":"turned\u202eround"}""", 400)]
    [InlineData("""{"loginName":"a@b.example","roles":[],"displayName":"two\nlines"}""", 400)]
    [InlineData("""{"loginName":"a@b.example","roles":[],"displayName":"Zoë 😀"}""", 201)]
    public async Task Invitation_IsRefused_WhenItHoldsWhatIsNoName(string invitation, int status)
    {
        await _site.ProvisionAsync("acme");

        using var response = await SendAsync("POST", "/tenants/acme/users", invitation);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Body_IsRefused_WhenItIsTooLarge()
    {
        using var response = await SendAsync("POST", Tenants, new { id = new string('a', 300_000) });

        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task RequestWithAKey_IsDoneOnce_AndItsSecretSaidOnce()
    {
        await _site.ProvisionAsync("acme");
        var body = new { name = "k", scopes = new[] { "mcp:tools" }, roles = new[] { "mcp-user" } };
        var key = ("Idempotency-Key", "one");

        using var first = await SendAsync("POST", "/tenants/acme/keys", body, key);
        using var again = await SendAsync("POST", "/tenants/acme/keys", body, key);
        using var other = await SendAsync("POST", "/tenants/acme/keys", body with { name = "x" }, key);
        using var list = await SendAsync("GET", "/tenants/acme/keys");

        var (made, replayed) = (await AdminSite.JsonOfAsync(first), await AdminSite.JsonOfAsync(again));
        Assert.Equal((201, 201, 422), ((int)first.StatusCode, (int)again.StatusCode, (int)other.StatusCode));
        Assert.Equal((string)made["key"]!["keyId"]!, (string)replayed["key"]!["keyId"]!);
        Assert.NotNull(made["text"]);
        Assert.Null(replayed["text"]);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Single((await AdminSite.JsonOfAsync(list))["items"]!.AsArray());
    }

    [Fact]
    public async Task Caller_IsToldWhatIsMissing()
    {
        var issued = await _site.Host.Grains.Locate<IApiKeysGrain>("default").CreateAsync(
            AdminSite.ContextOf("default", "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = "k", Scopes = [McpScopes.Tools], Roles = ["admin"] },
            default);

        using var nobody = await _site.SendAsync("GET", "/tenants/default", null);
        using var short1 = await _site.SendAsync("GET", "/tenants/default", issued.Text);

        var metadata = $"resource_metadata=\"{_site.Host.Issuer}/.well-known/oauth-protected-resource/api/v1\"";
        Assert.Equal(401, (int)nobody.StatusCode);
        Assert.Contains(metadata, nobody.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(403, (int)short1.StatusCode);
        Assert.Contains("scope=\"mcp:admin\"", short1.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SuspendedTenant_CannotAdministerItself_AndOperatorsCan()
    {
        await _site.ProvisionAsync("acme");
        var (admin, _) = await _site.KeyAsync("acme", "admin");
        using var before = await _site.SendAsync("GET", "/tenants/acme", admin);
        using var suspended = await SendAsync("POST", "/tenants/acme/suspend");
        _site.Host.Clock.Advance(TimeSpan.FromSeconds(2));

        using var after = await _site.SendAsync("GET", "/tenants/acme", admin);
        using var byOperator = await SendAsync("GET", "/tenants/acme");

        Assert.Equal((200, 200), ((int)before.StatusCode, (int)suspended.StatusCode));
        Assert.Equal((403, 200), ((int)after.StatusCode, (int)byOperator.StatusCode));
    }

    [Fact]
    public async Task Change_StandsInTheLog_BeforeAndAfter()
    {
        using var made = await SendAsync("POST", Tenants, new { id = "acme" });
        using var response = await SendAsync("GET", "/tenants/platform/audit?action=tenant.created");

        var outcomes = (await AdminSite.JsonOfAsync(response))["items"]!.AsArray()
            .Select(item => (string)item!["event"]!["outcome"]!).ToList();
        Assert.Equal(["success", "started"], outcomes);
    }

    [Fact]
    public async Task MethodAndPath_AreRefused_WhenThereIsNone()
    {
        using var method = await SendAsync("DELETE", Tenants);
        using var path = await SendAsync("GET", "/nothing");
        using var odd = await SendAsync("GET", "/tenants/No_Tenant");

        Assert.Equal(405, (int)method.StatusCode);
        Assert.Equal(["GET", "POST"], method.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Equal((404, 404), ((int)path.StatusCode, (int)odd.StatusCode));
    }

    [Fact]
    public async Task Document_DescribesEveryRoute_AndNoOther()
    {
        using var response = await _site.Host.Client.GetAsync("/api/v1/openapi.json");
        var document = await AdminSite.JsonOfAsync(response);

        var described = document["paths"]!.AsObject().SelectMany(path =>
            path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(
            _site.Routes.All.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
        Assert.Equal("3.1.0", (string)document["openapi"]!);
        foreach (var reference in References(document))
        {
            Assert.StartsWith("#/components/schemas/", reference, StringComparison.Ordinal);
            Assert.NotNull(reference["#/".Length..].Split('/').Aggregate(
                (JsonNode?)document, (node, part) => node is JsonArray items ? items[int.Parse(part)] : node?[part]));
        }
    }

    [Fact]
    public async Task DocsPage_ListsEveryRoute_WithoutAScript()
    {
        using var response = await _site.Host.Client.GetAsync("/api/v1/docs");
        var page = await response.Content.ReadAsStringAsync();

        Assert.All(_site.Routes.All, route => Assert.Contains($"id=\"{route.Name}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<code>loginName</code> (required)", page, StringComparison.Ordinal);
        Assert.Contains("<code>displayName</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<code>displayName</code> (required)", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/account")]
    [InlineData("/api/v1", "/api/v1/docs")]
    public async Task Shortcut_LeadsToThePage(string path, string page)
    {
        using var response = await _site.Host.Client.GetAsync(path);

        Assert.Equal((303, page), ((int)response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Link_CanBeCopiedFromTheAnswer()
    {
        using var invited = await SendAsync("POST", "/tenants/default/users", new { loginName = "ann" });
        var answer = await invited.Content.ReadAsStringAsync();

        Assert.Equal(201, (int)invited.StatusCode);
        Assert.Contains(
            $"\"{_site.Host.Issuer}/invitation?tenant=default&token=", answer, StringComparison.Ordinal);
        Assert.EndsWith("}\n", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(
            pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static string Tag(HttpResponseMessage response) => response.Headers.ETag!.ToString();

    private Task<HttpResponseMessage> SendAsync(
        string method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        _site.SendAsync(method, path, _site.Operator, body, headers);
}
