using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Quotas;

/// <summary>What a client sees of limits: 429, when to come again, and which limit it met.</summary>
public sealed class RequestQuotasTests
{
    [Fact]
    public async Task TenantOverItsLimit_Is429_InTheErrorFormOfMcp()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Grains.Quotas = new TenantQuotas { RequestsPerMinute = 2 };
        Assert.Equal(200, (await host.SendAsync(McpWire.Stateless("prompts/list"))).Status);
        Assert.Equal(200, (await host.SendAsync(McpWire.Stateless("prompts/list"))).Status);

        using var response = await host.Client.SendAsync(McpWire.Stateless("prompts/list"));

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal("13", response.Headers.RetryAfter!.ToString());
        Assert.Equal("\"tenant\";q=2;qu=\"requests\";w=60", response.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"tenant\";r=0;t=13", response.Headers.GetValues("RateLimit").Single());
        Assert.Contains("\"error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, host.Grains.Shared.Calls.Count);
    }

    [Fact]
    public async Task Principal_IsLimitedByItself_AndCostsItsTenantNothingThen()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Grains.Quotas = new TenantQuotas { RequestsPerMinute = 5, PrincipalRequestsPerMinute = 2 };
        var noisy = Issue(host);
        var quiet = Issue(host);
        var ofNoisy = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            ofNoisy.Add(await StatusAsync(host, noisy));
        }

        Assert.Equal(2, ofNoisy.Count(status => status == 200));
        Assert.Equal(18, ofNoisy.Count(status => status == 429));
        Assert.Equal(200, await StatusAsync(host, quiet));
        Assert.Equal(200, await StatusAsync(host, quiet));
    }

    [Fact]
    public async Task Session_IsLimitedByItself()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Grains.Quotas = new TenantQuotas { SessionRequestsPerMinute = 1 };
        var (_, headers) = await host.OpenSessionAsync("2025-11-25");
        var (_, others) = await host.OpenSessionAsync("2025-11-25");

        Assert.Equal(200, (await host.SendAsync(McpWire.Post(McpWire.Request("ping"), headers))).Status);
        Assert.Equal(429, (await host.SendAsync(McpWire.Post(McpWire.Request("ping"), headers))).Status);
        Assert.Equal(200, (await host.SendAsync(McpWire.Post(McpWire.Request("ping"), others))).Status);
    }

    /// <summary>Quota evasion by batches (2025-03-26).</summary>
    [Fact]
    public async Task Batch_CostsItsMessages()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Grains.Quotas = new TenantQuotas { RequestsPerMinute = 4 };
        var (_, headers) = await host.OpenSessionAsync("2025-03-26");
        var batch = $"[{string.Join(',', Enumerable.Range(1, 3).Select(id => McpWire.Request("ping", id: $"{id}")))}]";

        Assert.Equal(200, (await host.SendAsync(McpWire.Post(batch, headers))).Status);
        Assert.Equal(429, (await host.SendAsync(McpWire.Post(McpWire.Request("ping"), headers))).Status);
    }

    [Fact]
    public async Task StreamsOpen_AreLimited_AndGivenBack()
    {
        await using var host = await GatewayHost.StartAsync(
            null, ("Limits:AskInterval", "00:00:00.001"));
        host.Grains.Quotas = new TenantQuotas { Streams = 1 };
        var (_, headers) = await host.OpenSessionAsync("2025-11-25");

        using var first = await host.Client.SendAsync(
            McpWire.Get(headers), HttpCompletionOption.ResponseHeadersRead);
        using var second = await host.Client.SendAsync(
            McpWire.Get(headers), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal(429, (int)second.StatusCode);
        Assert.Equal(
            "\"streams\";q=1;qu=\"concurrent-requests\"", second.Headers.GetValues("RateLimit-Policy").Single());
    }

    [Fact]
    public async Task Address_IsLimitedBeforeAnybodyIsKnown_OnAnyPath()
    {
        await using var host = await GatewayHost.StartAsync(
            null, ("Limits:LimitLoopback", "true"), ("Limits:AddressRequestsPerMinute", "60"),
            ("Limits:AddressBurst", "2"));
        using var first = await host.Client.GetAsync(new Uri("/api/v1/anything", UriKind.Relative));
        using var second = await host.Client.GetAsync(new Uri("/oauth/token", UriKind.Relative));

        using var third = await host.Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.NotEqual(429, (int)first.StatusCode);
        Assert.NotEqual(429, (int)second.StatusCode);
        Assert.Equal(429, (int)third.StatusCode);
        Assert.Equal("1", third.Headers.RetryAfter!.ToString());
        Assert.Equal("\"address\";q=60;qu=\"requests\";w=60", third.Headers.GetValues("RateLimit-Policy").Single());
    }

    [Fact]
    public async Task RefusedCredential_CostsItsAddressMore()
    {
        await using var host = await GatewayHost.StartAsync(
            null, ("Limits:LimitLoopback", "true"), ("Limits:AddressRequestsPerMinute", "60"),
            ("Limits:AddressBurst", "20"), ("Limits:FailedAuthenticationCost", "20"));
        var guess = McpWire.Stateless("prompts/list");
        guess.Headers.TryAddWithoutValidation("Authorization", "Bearer smcp_default_guess");

        Assert.Equal(401, (await host.SendAsync(guess)).Status);
        Assert.Equal(429, (await host.SendAsync(McpWire.Stateless("prompts/list"))).Status);
    }

    [Fact]
    public async Task NoQuota_AsksNoGrain()
    {
        await using var host = await GatewayHost.StartAsync();

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await host.SendAsync(McpWire.Stateless("prompts/list"))).Status);
        }

        Assert.Equal(0, host.Grains.QuotasAsked);
    }

    /// <summary>Noisy neighbours: ten times its quota gets a tenant refusals, and its neighbour nothing.</summary>
    [Fact]
    public async Task TenantAtTenTimesItsQuota_IsRefused_WhileItsNeighbourIsServed()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Grains.Quotas = new TenantQuotas { RequestsPerMinute = 20 };
        host.Grains.Others["quiet"] = new TenantQuotas { RequestsPerMinute = 20 };
        var noisy = Issue(host);
        var quiet = Issue(host, "quiet");
        var ofNoisy = new List<int>();
        var ofQuiet = new List<int>();
        for (var i = 0; i < 200; i++)
        {
            ofNoisy.Add(await StatusAsync(host, noisy));
            if (i % 10 == 0)
            {
                ofQuiet.Add(await StatusAsync(host, quiet, "/t/quiet/s/echo/mcp"));
            }
        }

        Assert.Equal(20, ofNoisy.Count(status => status == 200));
        Assert.Equal(180, ofNoisy.Count(status => status == 429));
        Assert.Equal(20, host.Grains.Shared.Calls.Count);
        Assert.All(ofQuiet, status => Assert.Equal(200, status));
    }

    private static string Issue(GatewayHost host, string tenant = "default")
    {
        var key = ApiKeyText.Create(TenantId.Parse(tenant));
        host.Grains.Keys[key.Address.ToString()] = new CallerIdentity
        {
            Tenant = TenantId.Parse(tenant),
            Principal = PrincipalId.Parse($"key:{key.Address.KeyId}"),
            Credential = $"key:{key.Address.KeyId}",
            Scopes = [McpScopes.Tools],
            Permissions = ["mcp.*:*"],
        };
        return key.Text;
    }

    private static async Task<int> StatusAsync(GatewayHost host, string key, string path = McpWire.Path)
    {
        var request = McpWire.Stateless("prompts/list");
        request.RequestUri = new Uri(path, UriKind.Relative);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return (await host.SendAsync(request)).Status;
    }
}
