using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Sessions;

public sealed class InitializeTests
{
    [Fact]
    public async Task Initialize_AnswersTheNegotiatedRevision_WhateverTheServerSaid()
    {
        await using var host = await SessionHost.StartAsync();

        var outcome = await host.InitializeAsync();

        var result = Json.Parse(outcome.Answer!.Body);
        Assert.Equal("2025-11-25", result.GetProperty("protocolVersion").GetString());
        Assert.True(result.GetProperty("capabilities").TryGetProperty("logging", out _));
    }

    [Fact]
    public async Task Initialize_ShowsTheServerTheNegotiatedRevision()
    {
        await using var host = await SessionHost.OpenAsync();

        var shown = Json.Parse(Assert.Single(host.Server.Opened).Initialize.Params);
        Assert.Equal("2025-11-25", shown.GetProperty("protocolVersion").GetString());
        Assert.Equal(1, shown.GetProperty("clientInfo").GetProperty("x").GetInt32());
    }

    [Fact]
    public async Task Initialize_IsRefused_WhenTheSessionIsOpen()
    {
        await using var host = await SessionHost.OpenAsync();

        var again = await host.InitializeAsync();

        Assert.Equal(FaultReason.InvalidRequest, again.Fault!.Reason);
    }

    [Fact]
    public async Task Initialize_IsRefused_WhenTheRevisionHasNoSessions()
    {
        await using var host = await SessionHost.StartAsync();
        host.Context = SessionHost.ContextOf("alice", McpRevision.V20260728.Value);

        Assert.Equal(FaultReason.InvalidRequest, (await host.InitializeAsync()).Fault!.Reason);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    public async Task Initialize_IsRefused_WhenItsParamsAreNoObject(string parameters)
    {
        await using var host = await SessionHost.StartAsync();
        var call = SessionHost.Request(0, McpMethods.Initialize, parameters);

        var outcome = await host.Session.InitializeAsync(host.Context, call, default);

        Assert.Equal(FaultReason.InvalidParams, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Initialize_TakesAnyVersionValue()
    {
        await using var host = await SessionHost.StartAsync();
        var call = SessionHost.Request(0, McpMethods.Initialize, """{"protocolVersion":5}""");

        Assert.NotNull((await host.Session.InitializeAsync(host.Context, call, default)).Answer);
    }

    [Fact]
    public async Task Initialize_LeavesNothing_WhenTheServerRefuses()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 1);
        host.Server.OnOpen = static _ => McpOutcome.Answered(McpReply.Error(Json.Bytes("""{"code":-32602}""")));

        var refused = await host.InitializeAsync();
        host.Server.OnOpen = new FakeServer().OnOpen;
        var accepted = await host.InitializeAsync();

        Assert.True(refused.Answer!.IsError);
        Assert.Null(accepted.Fault);
    }

    [Fact]
    public async Task Initialize_IsRefused_WhenTheTenantIsFull()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 1);
        await host.InitializeAsync();
        host.Key = host.Key with { Session = SessionId.Parse("session-2") };

        var refused = await host.InitializeAsync();

        Assert.Equal(FaultReason.LimitExceeded, refused.Fault!.Reason);
    }

    [Fact]
    public async Task Session_KeepsItsTerms_AfterACrash()
    {
        await using var host = await SessionHost.OpenAsync();
        await host.NotifyAsync(McpMethods.Initialized);
        await host.CallAsync(1, McpMethods.SetLogLevel, """{"level":"warning"}""");
        await host.CallAsync(2, McpMethods.ResourcesSubscribe, """{"uri":"test://a"}""");

        await host.CrashAsync();
        host.Server.ForgetPeer();
        var outcome = await host.CallAsync(3);

        Assert.NotNull(outcome.Answer);
        Assert.Equal("2025-11-25", (await host.Session.DescribeAsync(host.Context, default)).Revision);
        var shown = host.Server.Opened.Last();
        Assert.Equal("warning", shown.LogLevel);
        Assert.Equal(["test://a"], shown.Subscriptions);
    }

    [Fact]
    public async Task Session_IsUnknown_ToAnotherPrincipal()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        host.Context = SessionHost.ContextOf("mallory");
        var answer = McpReply.Result(Json.Bytes("{}"));

        FaultReason?[] reasons =
        [
            (await host.InitializeAsync()).Fault?.Reason,
            (await host.Session.DescribeAsync(host.Context, default)).Fault?.Reason,
            (await host.CallAsync(2)).Fault?.Reason,
            (await host.Session.CallBatchAsync(host.Context, [SessionHost.Request(3)], default)).Fault?.Reason,
            (await host.NotifyAsync(McpMethods.Initialized))?.Reason,
            (await host.Session.AnswerAsync(host.Context, JsonRpcId.FromText("q-1"), answer, default))?.Reason,
            (await host.GetAsync("b")).Fault?.Reason,
            (await host.ReadAsync("b", ticket.StreamId)).Fault?.Reason,
            (await host.Session.DeleteAsync(host.Context, default))?.Reason,
        ];

        Assert.All(reasons, reason => Assert.Equal(FaultReason.SessionNotFound, reason));
    }

    [Fact]
    public async Task Session_IsUnknown_WhenItWasNeverOpened()
    {
        await using var host = await SessionHost.StartAsync();

        Assert.Equal(FaultReason.SessionNotFound, (await host.CallAsync(1)).Fault!.Reason);
        Assert.Empty(host.States.States);
    }

    [Fact]
    public async Task Session_HasAnInstanceOfItsOwn_WhenTheScopeSaysSo()
    {
        await using var host = await SessionHost.StartAsync();
        host.Server.Scope = InstanceScope.Session;
        await host.InitializeAsync();

        var state = Json.Text(host.States.States[host.Address].Payload);
        Assert.Contains("default/echo/session-1", state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_StaysWithOneMember_WhenTheServerIsAPool()
    {
        await using var host = await SessionHost.StartAsync();
        host.Server.Scope = InstanceScope.Pool;
        await host.InitializeAsync();

        var state = Json.Text(host.States.States[host.Address].Payload);
        Assert.Contains("default/echo/pool-0", state, StringComparison.Ordinal);
    }
}
