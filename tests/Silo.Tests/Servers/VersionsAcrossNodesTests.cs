using System.Globalization;
using Smcp.EndToEnd.Crash;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Process;
using Smcp.Runtimes.Worker;
using Smcp.Testing;

namespace Smcp.Servers;

/// <summary>What a tenant deploys through one gateway is served through the other, by instances on any silo.</summary>
public sealed class VersionsAcrossNodesTests(DeployNodes nodes) : IClassFixture<DeployNodes>, IDisposable
{
    private const string Pool = "\"pool\",\"members\":8";
    private const string Session = "\"session\"";
    private const int Sessions = 24;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2), TimeProvider.System);

    private static (string Path, string Content) Perl { get; } = (PerlServer.Name, PerlServer.Program);

    public void Dispose() => _deadline.Dispose();

    [JailFact]
    public async Task Program_RunsOnEverySiloThatRunsPrograms_AndOnNoOther()
    {
        var mark = Mark();
        await nodes.Desk.DeployAsync(0, "pool", Program(mark, "1", Pool), Perl);

        for (var session = 0; session < Sessions; session++)
        {
            using var client = await OpenAsync(1, "pool");
            var count = await CallAsync(client, 1, "pool", "count");
            Assert.True(int.Parse(count, CultureInfo.InvariantCulture) > 0, count);
        }

        Assert.Equal([1, 2], nodes.SilosThatRun(mark));
    }

    [JailFact]
    public async Task Session_StaysOnItsVersion_WhicheverGatewayActivatesAnother()
    {
        var first = await nodes.Desk.DeployAsync(0, "rolled", Program(Mark(), "1", Session), Perl);
        using var old = await OpenAsync(1, "rolled");
        Assert.Equal("1", await WhichAsync(old, 1, "rolled"));

        await nodes.Desk.DeployAsync(1, "rolled", Program(Mark(), "2", Session), Perl);
        foreach (var gateway in (int[])[0, 1])
        {
            await ServesAsync(gateway, "rolled", "2");
            Assert.Equal("1", await WhichAsync(old, gateway, "rolled"));
        }

        await nodes.Desk.ActivateAsync(0, "rolled", first);
        await ServesAsync(1, "rolled", "1");
    }

    [JailFact]
    public async Task Revocation_EndsSessionsAtEachGateway_AndPrograms()
    {
        var mark = Mark();
        var version = await nodes.Desk.DeployAsync(0, "revoked", Program(mark, "1", Pool), Perl);
        var clients = new List<McpWire>();
        for (var session = 0; session < Sessions; session++)
        {
            clients.Add(await OpenAsync(session % 2, "revoked"));
            Assert.Equal("1", await WhichAsync(clients[^1], session % 2, "revoked"));
        }

        await nodes.Desk.RevokeAsync(1, "revoked", version);

        foreach (var (session, client) in clients.Index())
        {
            using (client)
            {
                await EndedAsync(client, session % 2, "revoked");
            }
        }

        while (nodes.SilosThatRun(mark).Any())
        {
            _deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [JailFact]
    public async Task VirtualServer_BringsMembersOfAnySiloTogether()
    {
        await nodes.Desk.DeployAsync(0, "member", Program(Mark(), "1", Pool), Perl);
        await nodes.Desk.DeployAsync(
            1,
            "desk",
            """
            {"runtime":"virtual","virtual":{"members":[
            {"server":"member","prefix":"m"},{"server":"echo","prefix":"e"}]}}
            """);

        using var client = await OpenAsync(0, "desk");

        Assert.Equal("1", await CallAsync(client, 0, "desk", "m_variable", "VERSION"));
        var echoed = await client.RequestAsync(
            nodes.Endpoint(1, "desk"), "tools/call", """{"name":"e_echo","arguments":{"message":"hello"}}""",
            _deadline.Token);
        Assert.Contains("hello", echoed.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoteServer_IsReachedFromAnySilo()
    {
        await nodes.Desk.DeployAsync(
            0,
            "elsewhere",
            $$$"""{"runtime":"remote","manifest":"live","remote":{"url":"{{{nodes.Endpoint(0, "echo")}}}"} }""");

        using var client = await OpenAsync(1, "elsewhere");
        var echoed = await client.RequestAsync(
            nodes.Endpoint(1, "elsewhere"), "tools/call", """{"name":"echo","arguments":{"message":"hello"}}""",
            _deadline.Token);

        Assert.Contains("hello", echoed.Data, StringComparison.Ordinal);
    }

    /// <summary>Its processes are on two silos, what it stores is one.</summary>
    [WorkerFact]
    public async Task Worker_HasItsDataOnEverySilo()
    {
        await nodes.Desk.DeployAsync(
            0,
            "diary",
            $$$"""{"runtime":"worker","manifest":"live","scope":{{{Pool}}},"worker":{"main":"main.mjs","kv":["KV"]}}""",
            ("main.mjs", """
            export const tools = {
              async put({ value }, { env }) { await env.KV.put("last", value); return "put"; },
              async get(_, { env }) { return (await env.KV.get("last")) ?? "nothing"; },
            };
            """));
        for (var session = 0; session < Sessions; session++)
        {
            var value = session.ToString(CultureInfo.InvariantCulture);
            using var writer = await OpenAsync(0, "diary");
            using var reader = await OpenAsync(1, "diary");
            Assert.Equal("put", await CallAsync(writer, 0, "diary", "put", value));
            Assert.Equal(value, await CallAsync(reader, 1, "diary", "get"));
        }
    }

    /// <summary>An argument that finds the processes of one version.</summary>
    private static string Mark() => $"mark-{Guid.NewGuid():N}";

    private static string Program(string mark, string version, string scope) =>
        $$$"""
        {"runtime":"process","manifest":"live","scope":{{{scope}}},
        "process":{"command":"perl","args":["{{{PerlServer.Name}}}","{{{mark}}}"],"env":{"VERSION":"{{{version}}}"} } }
        """;

    private async Task<McpWire> OpenAsync(int gateway, string server)
    {
        var client = new McpWire(nodes.Key);
        await client.OpenAsync(nodes.Endpoint(gateway, server), _deadline.Token);
        return client;
    }

    private Task<string> WhichAsync(McpWire client, int gateway, string server) =>
        CallAsync(client, gateway, server, "variable", "VERSION");

    private async Task<string> CallAsync(
        McpWire client, int gateway, string server, string tool, string value = "-")
    {
        var answer = await client.RequestAsync(
            nodes.Endpoint(gateway, server), "tools/call",
            $$$"""{"name":"{{{tool}}}","arguments":{"value":"{{{value}}}"} }""", _deadline.Token);
        return (string?)answer.Message!["result"]?["content"]?[0]?["text"] ?? answer.Data;
    }

    /// <summary>Gateways hold what they were told of a server for some seconds.</summary>
    private async Task ServesAsync(int gateway, string server, string version)
    {
        string served;
        do
        {
            using var client = await OpenAsync(gateway, server);
            served = await WhichAsync(client, gateway, server);
        }
        while (served != version);
    }

    private async Task EndedAsync(McpWire client, int gateway, string server)
    {
        try
        {
            while (true)
            {
                await WhichAsync(client, gateway, server);
            }
        }
        catch (RefusedException refused)
        {
            Assert.StartsWith("404", refused.Message, StringComparison.Ordinal);
        }
    }
}
