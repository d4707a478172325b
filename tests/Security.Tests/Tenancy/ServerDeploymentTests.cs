using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.ResourceServer;
using Smcp.Servers;
using Smcp.Tenants;

namespace Smcp.Tenancy;

/// <summary>A server of the process, given to a tenant: its members reach it, and nobody else does.</summary>
public sealed class ServerDeploymentTests : IAsyncLifetime
{
    private const string Path = "/t/acme/s/board/mcp";
    private const string Add = """{"name":"add_note","arguments":{"title":"a","text":"b"}}""";

    private SecurityHost _host = null!;

    public static TheoryData<string> Revisions => McpCaller.Revisions;

    private IServerListGrain Servers => _host.Grains.Locate<IServerListGrain>("acme");

    private static CallContext Operator => ContextOf("platform", "platform.*:*");

    public async Task InitializeAsync()
    {
        _host = await ResourceServerHost.StartAsync(("Smcp:Tenants:ServersMax", "2"));
        Assert.Null((await _host.Grains.Locate<ITenantGrain>("acme")
            .ProvisionAsync(Operator, new TenantConfiguration(), default)).Fault);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Member_ReachesWhatWasDeployed_AndHasDataOfItsOwn(string revision)
    {
        await DeployAsync("board", "notes");
        var theirs = McpCaller.Of(_host, revision, await KeyAsync("acme"), Path);
        var ours = McpCaller.Of(_host, revision, await KeyAsync("default"));

        await (await ours.OpenAsync()).CallAsync("tools/call", Add);
        await theirs.OpenAsync();

        Assert.Empty(await NotesAsync(theirs));
        await theirs.CallAsync("tools/call", Add);
        Assert.Single(await NotesAsync(theirs));
        Assert.Single(await NotesAsync(ours));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Keys_AreOfOneServerOfOneTenant(string revision)
    {
        await DeployAsync("board", "notes");
        await DeployAsync("other", "notes");
        var key = await KeyAsync("acme");
        var board = await McpCaller.Of(_host, revision, key, Path).OpenAsync();
        var other = await McpCaller.Of(_host, revision, key, "/t/acme/s/other/mcp").OpenAsync();
        var ours = await McpCaller.Of(_host, revision, await KeyAsync("default")).OpenAsync();

        await board.CallAsync("tools/call", """{"name":"keep_draft","arguments":{"name":"a","text":"of board"}}""");

        Assert.Equal("of board", await DraftAsync(board));
        Assert.Null(await DraftAsync(other));
        Assert.Null(await DraftAsync(ours));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Stranger_IsRefused(string revision)
    {
        await DeployAsync("board", "notes");

        using var other = await McpCaller.Of(_host, revision, await KeyAsync("default"), Path).FirstAsync();
        using var nobody = await McpCaller.Of(_host, revision, null, Path).FirstAsync();

        Assert.Equal(401, (int)other.StatusCode);
        Assert.Equal(401, (int)nobody.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Removed_IsFoundNoMore(string revision)
    {
        await DeployAsync("board", "notes");
        var key = await KeyAsync("acme");
        using var before = await McpCaller.Of(_host, revision, key, Path).FirstAsync();

        Assert.Null(await Servers.RemoveAsync(Operator, ServerId.Parse("board"), default));
        _host.Clock.Leap(TimeSpan.FromMinutes(1));

        using var after = await McpCaller.Of(_host, revision, key, Path).FirstAsync();
        Assert.Equal(200, (int)before.StatusCode);
        Assert.Equal(404, (int)after.StatusCode);
        Assert.Empty((await Servers.ListAsync(Operator, null, 10, default)).Servers);
    }

    [Fact]
    public async Task TenantsAdministrator_MayNotDeploy()
    {
        var refused = await Servers.DeployAsync(
            ContextOf("acme", "mcp.*:*", "admin.*:*"), ServerId.Parse("board"), Of("notes"), default);

        Assert.NotNull(refused.Fault);
        Assert.Empty((await Servers.ListAsync(Operator, null, 10, default)).Servers);
    }

    [Fact]
    public async Task UnknownSource_IsRefused_AndListsNothing()
    {
        var refused = await Servers.DeployAsync(Operator, ServerId.Parse("board"), Of("nothing"), default);

        Assert.NotNull(refused.Fault);
        Assert.Empty((await Servers.ListAsync(Operator, null, 10, default)).Servers);
    }

    [Fact]
    public async Task Servers_AreAtMostSoMany_AndRemovedOnesMakeRoom()
    {
        await DeployAsync("one", "notes");
        await DeployAsync("two", "notes");

        var third = await Servers.DeployAsync(Operator, ServerId.Parse("three"), Of("notes"), default);
        Assert.Null(await Servers.RemoveAsync(Operator, ServerId.Parse("one"), default));
        await DeployAsync("three", "notes");

        Assert.NotNull(third.Fault);
        Assert.Equal(
            ["three", "two"],
            (await Servers.ListAsync(Operator, null, 10, default)).Servers.Select(s => s.Definition!.Id.ToString()));
    }

    [Fact]
    public async Task WhatCameWithTheProcess_StaysWithTheTenantDefault()
    {
        var servers = _host.Grains.Locate<IServerListGrain>("default");

        var fault = await servers.RemoveAsync(Operator, ServerId.Parse("notes"), default);

        Assert.Equal(FaultReason.Conflict, fault!.Reason);
        Assert.Single((await servers.ListAsync(Operator, null, 10, default)).Servers);
    }

    private static ServerDeployment Of(string source) => new() { Source = source };

    private static CallContext ContextOf(string tenant, params string[] permissions) =>
        SecurityHost.ContextOf("user:root", permissions) with { Tenant = TenantId.Parse(tenant) };

    private static async Task<JsonArray> NotesAsync(McpCaller caller)
    {
        var found = await caller.CallAsync("tools/call", """{"name":"search_notes","arguments":{"text":"a"}}""");
        return found["result"]!["structuredContent"]!["notes"]!.AsArray();
    }

    private static async Task<string?> DraftAsync(McpCaller caller)
    {
        var read = await caller.CallAsync("tools/call", """{"name":"read_draft","arguments":{"name":"a"}}""");
        var result = read["result"]!;
        return (bool?)result["isError"] == true ? null : (string)result["content"]![0]!["text"]!;
    }

    private async Task DeployAsync(string server, string source) =>
        Assert.Null((await Servers.DeployAsync(Operator, ServerId.Parse(server), Of(source), default)).Fault);

    private async Task<string> KeyAsync(string tenant)
    {
        var issued = await _host.Grains.Locate<IApiKeysGrain>(tenant).CreateAsync(
            ContextOf(tenant, "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = "k", Roles = ["mcp-user"], Scopes = [McpScopes.Tools] },
            default);
        Assert.Null(issued.Fault);
        return issued.Text!;
    }
}
