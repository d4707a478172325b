using System.Text.Json.Nodes;
using Smcp.Identity;

namespace Smcp.ResourceServer;

/// <summary>RS04, RS05, RS20 and roles: what a valid caller may do, in every revision.</summary>
public sealed class PermissionTests : IAsyncLifetime
{
    private const string Add = """{"name":"add_note","arguments":{"title":"a","text":"b"}}""";

    private SecurityHost _host = null!;

    public static TheoryData<string> Revisions => McpCaller.Revisions;

    public async Task InitializeAsync() => _host = await ResourceServerHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS04_TooSmallAScope_IsToldWhichWouldDo(string revision)
    {
        var caller = await CallerAsync(revision, "mcp-user", McpScopes.Read);

        using var response = await caller.SendAsync("tools/call", Add);

        Assert.Equal(403, (int)response.StatusCode);
        var challenge = response.Headers.WwwAuthenticate.ToString();
        Assert.Contains("error=\"insufficient_scope\"", challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"mcp:tools\"", challenge, StringComparison.Ordinal);
        Assert.Contains("resource_metadata=", challenge, StringComparison.Ordinal);
        Assert.Empty(await NotesAsync(revision));
    }

    /// <summary>What a step-up would bring is shown; what no scope brings is not.</summary>
    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS04_TooSmallAScope_StillSeesTheTools(string revision)
    {
        var caller = await CallerAsync(revision, "mcp-user", McpScopes.Read);

        Assert.NotEmpty(await ItemsAsync(caller, "tools/list", "tools"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS05_WiderScope_ImpliesTheNarrower(string revision)
    {
        var caller = await CallerAsync(revision, "mcp-user", McpScopes.Admin);

        Assert.NotNull((await caller.CallAsync("tools/call", Add))["result"]);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task ReadOnly_SeesNoToolAndCallsNone(string revision)
    {
        var caller = await CallerAsync(revision, "read-only", McpScopes.Tools);

        Assert.Empty(await ItemsAsync(caller, "tools/list", "tools"));
        using var response = await caller.SendAsync("tools/call", Add);
        using var unknown = await caller.SendAsync("tools/call", """{"name":"nothing"}""");

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Empty(response.Headers.WwwAuthenticate);
        Assert.Equal(
            await unknown.Content.ReadAsStringAsync(), await response.Content.ReadAsStringAsync());
        Assert.Empty(await NotesAsync(revision));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task ReadOnly_GetsPromptsAndResources(string revision)
    {
        var caller = await CallerAsync(revision, "read-only", McpScopes.Read);

        Assert.NotEmpty(await ItemsAsync(caller, "prompts/list", "prompts"));
        Assert.NotNull((await caller.CallAsync("resources/read", """{"uri":"notes://index"}"""))["result"]);
        Assert.NotNull(
            (await caller.CallAsync("prompts/get", """{"name":"summarize","arguments":{"tag":"x"}}"""))["result"]);
    }

    /// <summary>RS20: lists that differ from caller to caller are nobody else's to keep.</summary>
    [Fact]
    public async Task RS20_List_IsPrivate()
    {
        var caller = await CallerAsync("2026-07-28", "mcp-user", McpScopes.Tools);

        var result = (await caller.CallAsync("tools/list"))["result"]!.AsObject();

        Assert.Equal("private", result["cacheScope"]!.GetValue<string>());
    }

    private async Task<McpCaller> CallerAsync(string revision, string role, string scope) =>
        await McpCaller.Of(_host, revision, await ResourceServerHost.KeyAsync(_host, role, scope)).OpenAsync();

    private static async Task<JsonArray> ItemsAsync(McpCaller caller, string method, string items) =>
        (await caller.CallAsync(method))["result"]![items]!.AsArray();

    /// <summary>What was done, as one who may do everything sees it.</summary>
    private async Task<JsonArray> NotesAsync(string revision)
    {
        var caller = await CallerAsync(revision, "mcp-user", McpScopes.Tools);
        var found = await caller.CallAsync("tools/call", """{"name":"search_notes","arguments":{"text":"a"}}""");
        return found["result"]!["structuredContent"]!["notes"]!.AsArray();
    }
}
