using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Runtimes;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Admin;

/// <summary>What becomes of the data of a server that is removed, is said by whoever removes it.</summary>
public sealed class ServerRemovalTests : IAsyncLifetime
{
    private const string Board = "/tenants/acme/servers/board";

    private static readonly StateAddress State = new("server-state", "acme/board/shared", "counter");

    private AdminSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync(services => services.AddKeyedSingleton<IStorageInventory>(
            RawStorage.Key,
            (provider, _) => new InMemoryInventory(
                (InMemoryGrainStorage)provider.GetRequiredService<IGrainStorage>(),
                (InMemoryLogStorage)provider.GetRequiredService<ILogStorage>())));
        await _site.ProvisionAsync("acme");
        await DeployAsync();
        await StoreAsync("board");
        await StoreAsync("other");
        var states = _site.Host.Services.GetRequiredService<IGrainStorage>();
        await states.WriteAsync(State, "1"u8.ToArray(), 0, default);
        await states.WriteAsync(State with { GrainKey = "acme/boards/shared" }, "1"u8.ToArray(), 0, default);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("?data=keep")]
    public async Task Data_IsKept_WhenNobodySaysOtherwise(string query)
    {
        await DeleteAsync(Board + query, 204);
        await DeployAsync();

        Assert.Equal((5, 1, true), await StoredAsync("board"));
        await IsRecordedAsync($"tenants/acme/servers/board{query}");
    }

    [Fact]
    public async Task Data_IsRemoved_WhenThatIsSaid()
    {
        await DeleteAsync(Board + "?data=delete", 204);

        Assert.Equal((0, 0, false), await StoredAsync("board"));
        Assert.Equal((5, 1, false), await StoredAsync("other"));
        Assert.Contains(
            State with { GrainKey = "acme/boards/shared" }, _site.Host.States.States.Keys);
        await IsRecordedAsync("tenants/acme/servers/board?data=delete");
        using var usage = await _site.SendAsync("GET", "/tenants/acme/storage", _site.Operator);
        Assert.DoesNotContain("\"server\":\"board\",\"valueBytes\":5", await usage.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Data_IsRemovedLater_OfAServerThatIsGone()
    {
        await DeleteAsync(Board, 204);
        await DeleteAsync(Board + "?data=delete", 204);

        Assert.Equal((0, 0, false), await StoredAsync("board"));
        await DeleteAsync(Board + "?data=delete", 404);
        await DeleteAsync(Board, 404);
    }

    [Fact]
    public async Task Data_IsRemoved_ByOperatorsWhoSayItRight()
    {
        var (admin, _) = await _site.KeyAsync("acme", "admin");

        await DeleteAsync(Board + "?data=delete", 403, admin);
        await DeleteAsync(Board + "?data=all", 400);

        Assert.Equal((5, 1, true), await StoredAsync("board"));
        using var still = await _site.SendAsync("GET", Board, _site.Operator);
        Assert.Equal(200, (int)still.StatusCode);
    }

    private async Task DeleteAsync(string path, int status, string? key = null)
    {
        using var response = await _site.SendAsync("DELETE", path, key ?? _site.Operator);
        Assert.Equal(status, (int)response.StatusCode);
    }

    private async Task DeployAsync()
    {
        using var response = await _site.SendAsync("PUT", Board, _site.Operator, new { source = "notes" });
        Assert.Equal(200, (int)response.StatusCode);
    }

    private async Task StoreAsync(string server)
    {
        var data = DataOf(server);
        for (var i = 0; i < 5; i++)
        {
            await data.KeyValues.SetAsync($"key/{i}", "1"u8.ToArray());
        }

        await data.Objects.PutAsync("img/1", new MemoryStream([1]));
    }

    /// <summary>Its keys, its objects, and whether its state is there.</summary>
    private async Task<(int Values, int Objects, bool HasState)> StoredAsync(string server)
    {
        using var values = await _site.SendAsync("GET", $"/tenants/acme/servers/{server}/values", _site.Operator);
        using var objects = await _site.SendAsync("GET", $"/tenants/acme/servers/{server}/objects", _site.Operator);
        return (
            (await AdminSite.JsonOfAsync(values))["items"]!.AsArray().Count,
            (await AdminSite.JsonOfAsync(objects))["items"]!.AsArray().Count,
            _site.Host.States.States.ContainsKey(State with { GrainKey = $"acme/{server}/shared" }));
    }

    private async Task IsRecordedAsync(string target)
    {
        foreach (var tenant in (string[])["platform", "acme"])
        {
            using var log = await _site.SendAsync(
                "GET", $"/tenants/{tenant}/audit?action=server.deleted&target={Uri.EscapeDataString(target)}",
                _site.Operator);
            Assert.NotEmpty((await AdminSite.JsonOfAsync(log))["items"]!.AsArray());
        }
    }

    private ServerData DataOf(string server) => _site.Host.Services.GetRequiredService<InstanceData>().Of(
        new InstanceKey(TenantId.Parse("acme"), ServerId.Parse(server), "shared"));
}
