using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>What surrounds author code, and what must not.</summary>
public sealed class RuntimeIsolationTests
{
    [Fact]
    public async Task Tool_DoesNotSeeTheCallersAmbientValues()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();
        ProbeServer.Ambient.Value = "the grain's";

        Assert.Equal("nothing", await TextAsync(fixture, "ambient"));
    }

    [Fact]
    public async Task Tool_RunsOnThePool_WhenCallerHasASchedulerOfItsOwn()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var started = Task.Factory.StartNew(
            () => TextAsync(fixture, "scheduler"), CancellationToken.None, TaskCreationOptions.None, scheduler);
        var answer = await started.Unwrap();

        Assert.Equal("true", answer);
    }

    [Fact]
    public async Task Tool_ContinuesTheRequestsTrace()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();

        Assert.Equal(RuntimeFixture.TraceId, await TextAsync(fixture, "trace"));
    }

    [Fact]
    public async Task Tool_SeesItsCaller_AsAPrincipal()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();

        Assert.Equal("tester", await TextAsync(fixture, "principal"));
    }

    [Fact]
    public async Task Tool_SeesFieldsThatNobodyKnows()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();
        var result = await fixture.InvokeAsync(
            null, McpMethods.ToolsCall, """{"name":"unknown_field","fromTheFuture":"it survives"}""");

        Assert.Equal("it survives", TextOf(result));
    }

    [Fact]
    public async Task Tool_GetsLoadedState_WhenItTakesItAsAParameter()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();

        Assert.Equal("0", await TextAsync(fixture, "state"));
    }

    [Fact]
    public async Task Instance_HasAnObjectOfItsOwn()
    {
        await using var one = await RuntimeFixture.StartAsync<ProbeServer>();
        await using var other = await RuntimeFixture.StartAsync<ProbeServer>();

        Assert.Equal("1", await TextAsync(one, "calls"));
        Assert.Equal("2", await TextAsync(one, "calls"));
        Assert.Equal("1", await TextAsync(other, "calls"));
    }

    [Fact]
    public async Task Filter_OfTheAuthor_SeesTheCall()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();
        var result = await fixture.CallToolAsync(null, "calls");

        Assert.Equal("filtered calls", (string?)result["content"]![1]!["text"]);
    }

    [Fact]
    public async Task Definition_SaysWhatTheClassSays()
    {
        await using var fixture = await RuntimeFixture.StartAsync<ProbeServer>();
        var definition = fixture.Runtime.Server.Definition;

        Assert.Equal("probe", definition.Id.ToString());
        Assert.Equal(Servers.InstanceScope.Session, definition.Scope);
        Assert.Equal(Servers.RuntimeKind.CSharp, definition.Runtime);
    }

    private static async Task<string> TextAsync(RuntimeFixture fixture, string tool) =>
        TextOf(await fixture.CallToolAsync(null, tool));

    private static string TextOf(JsonNode result) => (string)result["content"]![0]!["text"]!;
}
