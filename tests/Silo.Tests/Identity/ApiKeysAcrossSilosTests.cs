using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Identity;

/// <summary>An API key that was made through one silo is taken, and ended, through the other.</summary>
public sealed class ApiKeysAcrossSilosTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Key_IsVerifiedThroughTheOtherSilo_WhenItWasMadeThroughOne()
    {
        var issued = await MakeAsync();

        Assert.True(ApiKeyText.TryParse(issued.Text!, out var key));
        await silos.Cluster.DeactivateAsync(GrainId.Create("api-key", key.Address.ToString()));
        var lookup = await KeyAt(1, key).VerifyAsync(key.Text, None);

        Assert.Null(lookup.Fault);
        Assert.Equal(TenantId.Default, lookup.Caller!.Tenant);
        Assert.Equal([McpScopes.Tools], lookup.Caller.Scopes);
        Assert.Contains("mcp.*:*", lookup.Caller.Permissions);
    }

    [Fact]
    public async Task Key_IsRefusedThroughOneSilo_WhenItWasRevokedThroughTheOther()
    {
        var issued = await MakeAsync();
        Assert.True(ApiKeyText.TryParse(issued.Text!, out var key));

        Assert.Null(await KeysAt(1).RevokeAsync(Administrator, issued.Info!.KeyId, None));

        var lookup = await KeyAt(0, key).VerifyAsync(key.Text, None);
        Assert.Null(lookup.Caller);
        Assert.Equal(FaultReason.InvalidCredential, lookup.Fault?.Reason);
    }

    [Fact]
    public async Task Request_IsServedByBothGateways_ByTheKeyOnly()
    {
        var issued = await MakeAsync();
        await using var here = await ClusterGateway.StartAsync(silos.Silo(0));
        await using var there = await ClusterGateway.StartAsync(silos.Silo(1));

        foreach (var gateway in (ClusterGateway[])[here, there])
        {
            Assert.Equal(HttpStatusCode.OK, await InitializeAsync(gateway.Http, issued.Text!));
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await InitializeAsync(gateway.Http, ApiKeyText.Create(TenantId.Default).Text));
        }
    }

    private static CallContext Administrator => new()
    {
        Tenant = TenantId.Default,
        Principal = PrincipalId.Parse("kim"),
        Scopes = [McpScopes.Admin],
        Roles = [BuiltInRoles.Admin.Name],
        Permissions = [.. BuiltInRoles.Admin.Permissions.Select(permission => permission.ToString())],
        Revision = string.Empty,
        CorrelationId = "r-1",
    };

    private static async Task<HttpStatusCode> InitializeAsync(HttpClient gateway, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/t/default/s/relay/mcp")
        {
            Content = new StringContent(
                """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                """,
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await gateway.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<ApiKeyIssued> MakeAsync()
    {
        var request = new ApiKeyRequest
        {
            Name = "Reads",
            Scopes = [McpScopes.Tools],
            Roles = [BuiltInRoles.McpUser.Name],
        };
        var issued = await KeysAt(0).CreateAsync(Administrator, request, None);
        Assert.Null(issued.Fault);
        return issued;
    }

    private IApiKeysGrain KeysAt(int silo) =>
        silos.Silo(silo).GetRequiredService<IGrainLocator>().Locate<IApiKeysGrain>(TenantId.Default.ToString());

    private IApiKeyGrain KeyAt(int silo, ApiKeyText key) =>
        silos.Silo(silo).GetRequiredService<IGrainLocator>().Locate<IApiKeyGrain>(key.Address.ToString());
}
