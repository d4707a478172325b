using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes;

/// <summary>
/// What the instance relies on, whatever a server runs as. A runtime derives from this and brings a server with four
/// tools: <c>echo(text)</c> returns its text; <c>count(n)</c> reports so much progress and then says so; <c>ask</c>
/// elicits, and returns the action; <c>wait</c> runs until it is cancelled.
/// </summary>
public abstract class ServerRuntimeContract
{
    private const string Session = "default/contract/session";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private int _calls;

    /// <summary>Whether the server itself returns <c>input_required</c> to a client that knows it.</summary>
    private protected virtual bool LeavesInputToModernClients => false;

    [Theory]
    [InlineData(null)]
    [InlineData(Session)]
    public async Task Call_IsAnswered_WhenTheServerIsDone(string? session)
    {
        await using var runtime = await OpenAsync();

        var reply = await CallAsync(runtime, session, ("echo", """{"text":"hi"}"""));

        Assert.Equal("hi", TextOf(reply));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Session)]
    public async Task Progress_IsEmittedInOrderBeforeTheAnswer_WithTheTokenOfTheRequest(string? session)
    {
        await using var runtime = await OpenAsync();
        var output = new ContractOutput();

        var reply = await CallAsync(runtime, session, ("count", """{"n":20}"""), output);

        Assert.Equal("20", TextOf(reply));
        var progress = output.Frames.Where(f => f.Method == McpMethods.Progress)
            .Select(f => JsonNode.Parse(f.Body.Span)!).ToList();
        Assert.Equal(Enumerable.Range(1, 20), progress.Select(p => (int)p["progress"]!));
        Assert.All(progress, p => Assert.Equal("contract", (string?)p["progressToken"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Session)]
    public async Task Question_GoesThroughTheOutput_AndItsAnswerToTheServer(string? session)
    {
        await using var runtime = await OpenAsync();
        var output = new ContractOutput { Answer = """{"action":"decline"}""" };

        var reply = await CallAsync(runtime, session, ("ask", "{}"), output);
        if (session is null && LeavesInputToModernClients)
        {
            Assert.Equal("input_required", (string?)JsonNode.Parse(reply.Body.Span)!["resultType"]);
            return;
        }

        Assert.Equal(McpMethods.ElicitationCreate, Assert.Single(output.Questions).Method);
        Assert.Equal("decline", TextOf(reply));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Session)]
    public async Task Call_Ends_WhenCancelled(string? session)
    {
        await using var runtime = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var output = new ContractOutput();
        var call = CallAsync(runtime, session, ("wait", "{}"), output, cancellation.Token);
        await WithPatienceAsync(output.Emitted.Task, "the first progress of 'wait'");

        await cancellation.CancelAsync();

        await WithPatienceAsync(EndAsync(call), "the end of the cancelled call");
    }

    [Fact]
    public async Task Call_EndsWithAnError_WhenTheRuntimeIsDisposed()
    {
        var runtime = await OpenAsync();
        var output = new ContractOutput();
        var call = CallAsync(runtime, null, ("wait", "{}"), output);
        await WithPatienceAsync(output.Emitted.Task, "the first progress of 'wait'");

        await runtime.DisposeAsync();

        var reply = await WithPatienceAsync(call, "the error of the call");
        Assert.True(reply.IsError, "A call that the runtime's end cut off must not look as if it succeeded.");
    }

    [Fact]
    public async Task Calls_DoNotMeet_WhenTheirClientsUseTheSameId()
    {
        await using var runtime = await OpenAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            CallAsync(runtime, i % 2 == 0 ? null : Session, ("echo", $$"""{"text":"{{i}}"}"""))));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), replies.Select(TextOf));
    }

    [Fact]
    public async Task Method_IsNotFound_WhenTheServerDoesNotHaveIt()
    {
        await using var runtime = await OpenAsync();

        var reply = await InvokeAsync(runtime, null, ("no/such", "{}"), new ContractOutput(), default);

        Assert.True(reply.IsError);
        Assert.Equal(McpErrorCodes.MethodNotFound, (int)JsonNode.Parse(reply.Body.Span)!["code"]!);
    }

    [Fact]
    public async Task Peer_IsKnown_FromItsOpeningToItsClosing()
    {
        await using var runtime = await StartAsync();
        Assert.False(runtime.HasPeer(Session));

        var reply = await OpenPeerAsync(runtime);
        Assert.Equal("2025-06-18", (string?)JsonNode.Parse(reply.Body.Span)!["protocolVersion"]);
        Assert.True(runtime.HasPeer(Session));
        await runtime.ClosePeerAsync(Session);

        Assert.False(runtime.HasPeer(Session));
    }

    /// <summary>A runtime of the contract's server, freshly started.</summary>
    private protected abstract Task<IServerRuntime> StartAsync();

    private static async Task EndAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (OperationCanceledException)
        {
            // Of no interest, like the answer.
        }
    }

    private static async Task<T> WithPatienceAsync<T>(Task<T> awaited, string what)
    {
        await WithPatienceAsync((Task)awaited, what);
        return await awaited;
    }

    private static async Task WithPatienceAsync(Task awaited, string what)
    {
        try
        {
            await awaited.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Did not come: {what}.");
        }
    }

    private static string? TextOf(McpReply reply)
    {
        var body = JsonNode.Parse(reply.Body.Span)!;
        Assert.False(reply.IsError, body.ToJsonString());
        return (string?)body["content"]![0]!["text"];
    }

    private static CallContext Caller(string revision) => new()
    {
        Tenant = TenantId.Parse("default"),
        Principal = PrincipalId.Parse("tester"),
        Revision = revision,
        CorrelationId = "test",
        Scopes = [McpScopes.Tools],
        Permissions = ["mcp.*:*"],
    };

    private static async Task<McpReply> OpenPeerAsync(IServerRuntime runtime)
    {
        var initialize = new McpCall
        {
            Method = McpMethods.Initialize,
            Id = JsonRpcId.FromNumber(0),
            Params = """
                {"protocolVersion":"2025-06-18","capabilities":{"elicitation":{}},
                "clientInfo":{"name":"contract","version":"1"}}
                """u8.ToArray(),
        };
        return await runtime.OpenPeerAsync(new RuntimePeer(Session, Caller("2025-06-18"), initialize, null), default);
    }

    private async Task<IServerRuntime> OpenAsync()
    {
        var runtime = await StartAsync();
        await OpenPeerAsync(runtime);
        return runtime;
    }

    private Task<McpReply> CallAsync(
        IServerRuntime runtime,
        string? session,
        (string Name, string Arguments) tool,
        ContractOutput? output = null,
        CancellationToken cancellationToken = default)
    {
        var meta = session is null
            ? """
              ,"io.modelcontextprotocol/protocolVersion":"2026-07-28",
              "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}
              """
            : string.Empty;
        var parameters = $"{{\"name\":\"{tool.Name}\",\"arguments\":{tool.Arguments},"
            + $"\"_meta\":{{\"progressToken\":\"contract\"{meta}}}}}";
        return InvokeAsync(
            runtime, session, (McpMethods.ToolsCall, parameters), output ?? new ContractOutput(), cancellationToken);
    }

    private Task<McpReply> InvokeAsync(
        IServerRuntime runtime,
        string? session,
        (string Method, string Params) request,
        ContractOutput output,
        CancellationToken cancellationToken)
    {
        var call = new RuntimeCall(
            CallId.Parse($"call-{Interlocked.Increment(ref _calls)}"),
            session,
            Caller(session is null ? "2026-07-28" : "2025-06-18"),
            new McpCall
            {
                Method = request.Method,
                Id = JsonRpcId.FromNumber(1),
                Params = Encoding.UTF8.GetBytes(request.Params),
            },
            output);
        return runtime.InvokeAsync(call, cancellationToken).AsTask();
    }

    private sealed class ContractOutput : IRuntimeOutput
    {
        public ConcurrentQueue<McpFrame> Frames { get; } = [];

        public ConcurrentQueue<InputRequest> Questions { get; } = [];

        public TaskCompletionSource Emitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Answer { get; init; } = "{}";

        public ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken)
        {
            Frames.Enqueue(frame);
            Emitted.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask<McpReply> AskAsync(InputRequest question, CancellationToken cancellationToken)
        {
            Questions.Enqueue(question);
            return ValueTask.FromResult(McpReply.Result(Encoding.UTF8.GetBytes(Answer)));
        }
    }
}
