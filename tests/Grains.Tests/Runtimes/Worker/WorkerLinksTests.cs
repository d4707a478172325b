using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.CSharp;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Worker;

/// <summary>Clients of both eras and a worker of each form, by the bridge that all servers of others share.</summary>
public sealed class WorkerLinksTests
{
    /// <summary>What a module exports is made a worker by the main module that images get; here by hand.</summary>
    private const string Exported =
        """
        import { server, ask, elicitation } from "smcp:server";
        export default server({ name: "probe", tools: {
          add: {
            description: "Adds.", inputSchema: { type: "object", properties: { a: { type: "integer" } } },
            run: async ({ a }, context) => { await context.progress(1, 2); return String(a + 1); },
          },
          asks: (args, context) => context.answers === undefined
            ? ask({ name: elicitation("Who?", { type: "object", properties: { name: { type: "string" } } }) })
            : `hello ${context.answers.name.content.name}`,
          loop: () => { for (;;); },
        } });
        """;

    [WorkerFact]
    public async Task ModernClient_CallsATool()
    {
        await using var host = await WorkerHost.StartAsync();
        await using var runtime = RuntimeOf(host.Worker(Exported));

        var reply = await CallAsync(runtime, null, """{"name":"add","arguments":{"a":2}}""");

        Assert.Equal("3", TextOf(reply));
    }

    [WorkerFact]
    public async Task LegacyClient_CallsATool_AndIsAskedOnItsWay()
    {
        await using var host = await WorkerHost.StartAsync();
        await using var runtime = RuntimeOf(host.Worker(Exported));
        var opened = await runtime.OpenPeerAsync(
            new RuntimePeer("s1", Caller("2025-11-25"), Initialize(), null), default);
        Assert.False(opened.IsError, Encoding.UTF8.GetString(opened.Body.Span));
        var output = new RecordingOutput(_ => McpReply.Result(
            """{"action":"accept","content":{"name":"Ann"}}"""u8.ToArray()));

        var added = await CallAsync(runtime, "s1", """{"name":"add","arguments":{"a":2}}""");
        var asked = await CallAsync(runtime, "s1", """{"name":"asks"}""", output);

        Assert.Equal("3", TextOf(added));
        Assert.Equal("hello Ann", TextOf(asked));
        Assert.Single(output.Questions);
    }

    [WorkerFact]
    public async Task CallInFlight_GetsTheDefiniteError_WhenItsProcessIsKilled()
    {
        await using var host = await WorkerHost.StartAsync(("Smcp:Worker:CpuTimeMax", "00:00:00.500"));
        await using var runtime = RuntimeOf(host.Worker(Exported));

        var lost = await CallAsync(runtime, null, """{"name":"loop"}""");
        var next = await CallAsync(runtime, null, """{"name":"add","arguments":{"a":2}}""");

        Assert.True(lost.IsError);
        Assert.Equal(McpErrorCodes.InternalError, (int?)JsonNode.Parse(lost.Body.Span)!["code"]);
        Assert.Equal("3", TextOf(next));
    }

    [WorkerFact]
    public async Task OpenConversations_AreToldWhyNothingRuns_WhenNoProcessMayStart()
    {
        ClosableJails? jails = null;
        await using var host = await WorkerHost.StartAsync(services => services.AddSingleton<IJails>(
            provider => jails = new ClosableJails(provider.GetRequiredService<JailerJails>())));
        var worker = host.Worker(Exported);
        await using var runtime = RuntimeOf(worker);
        await runtime.OpenPeerAsync(new RuntimePeer("s1", Caller("2025-11-25"), Initialize(), null), default);
        Assert.Equal("3", TextOf(await CallAsync(runtime, "s1", """{"name":"add","arguments":{"a":2}}""")));
        Assert.Equal("3", TextOf(await CallAsync(runtime, null, """{"name":"add","arguments":{"a":2}}""")));
        var why = new McpFault(FaultReason.LimitExceeded, "The day is used up.") { RetryAfter = TimeSpan.FromHours(2) };
        jails!.Closed = why;
        await worker.Running!.KillAsync();

        foreach (var session in new[] { "s1", null })
        {
            var refused = await CallAsync(runtime, session, """{"name":"add","arguments":{"a":2}}""");

            Assert.True(refused.IsError);
            Assert.Equal(Encoding.UTF8.GetString(why.ErrorBody()), Encoding.UTF8.GetString(refused.Body.Span));
        }
    }

    private static UpstreamRuntime RuntimeOf(WorkerRuntime worker)
    {
        var options = new UpstreamRuntimeOptions();
        return new UpstreamRuntime(new UpstreamTerms(
            new WorkerLinks(worker, "/mcp", options, new HttpLinkOptions(), TimeProvider.System),
            new RecordingEvents(),
            options,
            TimeProvider.System,
            NullLogger.Instance));
    }

    private static McpCall Initialize() => new()
    {
        Method = McpMethods.Initialize,
        Params = Encoding.UTF8.GetBytes(
            """{"capabilities":{"elicitation":{}},"clientInfo":{"name":"test","version":"1"}}"""),
    };

    private static async Task<McpReply> CallAsync(
        UpstreamRuntime runtime, string? session, string parameters, IRuntimeOutput? output = null)
    {
        var named = JsonNode.Parse(parameters)!;
        if (session is null)
        {
            named["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        return await runtime.InvokeAsync(
            new RuntimeCall(
                CallId.Parse($"call-{Guid.NewGuid():N}"),
                session,
                Caller(session is null ? "2026-07-28" : "2025-11-25"),
                new McpCall { Method = McpMethods.ToolsCall, Params = Encoding.UTF8.GetBytes(named.ToJsonString()) },
                output ?? new RecordingOutput()),
            default);
    }

    private static CallContext Caller(string revision) => new()
    {
        Tenant = TenantId.Parse("acme"),
        Principal = PrincipalId.Parse("tester"),
        Scopes = [McpScopes.Tools],
        Revision = revision,
        CorrelationId = "test",
    };

    private static string? TextOf(McpReply reply)
    {
        Assert.False(reply.IsError, Encoding.UTF8.GetString(reply.Body.Span));
        return (string?)JsonNode.Parse(reply.Body.Span)!["content"]![0]!["text"];
    }
}
