using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Runtimes;
using Smcp.Servers.Health;

namespace Smcp.Servers;

/// <summary>How a server is, over HTTP: said in words, stopped at once, and put into quarantine by itself.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private const string Status = DeploySite.Server + "/status";
    private const string Stop = DeploySite.Server + "/stop";
    private const string Start = DeploySite.Server + "/start";
    private const string Logs = DeploySite.Server + "/logs";

    private DeploySite _site = null!;

    /// <summary>Both eras.</summary>
    public static TheoryData<string> Revisions => ["2025-11-25", "2026-07-28"];

    public async Task InitializeAsync() => _site = await DeploySite.StartAsync(
        services => services.Configure<HealthOptions>(options => options.QuarantineExits = 3));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Status_SaysWhatRuns_AndNothingOfWhomItServes()
    {
        await _site.SendAsync(404, "GET", Status);
        await _site.SendAsync(201, "POST", DeploySite.Versions, DeploySite.Settings(scope: "session"));
        Assert.Equal("stopped", (string?)(await _site.SendAsync(200, "GET", Status))["health"]);
        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/activate", new JsonObject());
        Assert.Equal("healthy", (string?)(await _site.SendAsync(200, "GET", Status))["health"]);

        var caller = await (await _site.CallerAsync("2025-11-25")).OpenAsync();
        Assert.Equal("1", await DeploySite.WhichAsync(caller));
        var status = await UntilAsync(found => found["instanceCount"]!.GetValue<int>() == 1);

        var instance = status["instances"]![0]!;
        Assert.Equal((1, "running"), ((long)instance["version"]!, (string?)instance["state"]));
        Assert.DoesNotContain(caller.Session!, status.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Stop_EndsWhatRunsAndSaysWhy_UntilItIsStarted(string revision)
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var caller = await (await _site.CallerAsync(revision)).OpenAsync();
        Assert.Equal("1", await DeploySite.WhichAsync(caller));
        await UntilAsync(found => found["instanceCount"]!.GetValue<int>() == 1);

        var stopped = await _site.SendAsync(200, "POST", Stop, new JsonObject { ["reason"] = "it leaks" });

        Assert.Equal("stopped", (string?)stopped["health"]);
        Assert.All(_site.Factory.Started, runtime => Assert.True(runtime.IsDisposed));
        using (var refused = await caller.SendAsync("tools/call", """{"name":"which","arguments":{}}"""))
        {
            // A session is over; what has none is told why.
            Assert.Equal(caller.Session is null ? 503 : 404, (int)refused.StatusCode);
        }

        using (var first = await caller.FirstAsync())
        {
            Assert.Equal(503, (int)first.StatusCode);
            Assert.Contains("stopped the server: it leaks", await first.Content.ReadAsStringAsync());
        }

        var again = await _site.SendAsync(200, "POST", Stop, new JsonObject());
        Assert.Equal((string?)stopped["since"], (string?)again["since"]);
        Assert.Equal("healthy", (string?)(await _site.SendAsync(200, "POST", Start))["health"]);
        await _site.SendAsync(200, "POST", Start);
        Assert.Equal("1", await DeploySite.WhichAsync(await caller.OpenAsync()));
        Assert.Equal(2, await CountAsync("server.stopped"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Stop_AnswersCallsInFlight_BeforeTheirSessionsEnd(string revision)
    {
        _site.Factory.OnStart = runtime => runtime.Ready = new TaskCompletionSource().Task;
        await _site.ActivateAsync(DeploySite.Settings());
        var caller = await (await _site.CallerAsync(revision)).OpenAsync();
        var calling = caller.SendAsync(
            "tools/call", """{"name":"which","arguments":{}}""", HttpCompletionOption.ResponseHeadersRead);
        await UntilAsync(_ => _site.Factory.Started.Any(runtime => !runtime.Called.IsEmpty));
        await UntilAsync(_ =>
        {
            _site.Site.Host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return calling.IsCompleted;
        });
        using var response = await calling;
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);

        await _site.SendAsync(200, "POST", Stop, new JsonObject { ["reason"] = "it leaks" });

        Assert.Contains(
            "stopped the server: it leaks. Whether the call took effect is unknown.",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Server_ThatHasProcesses_RestsUntilOneRuns()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        Assert.Equal("1", await DeploySite.WhichAsync(await _site.CallerAsync("2026-07-28")));
        var events = _site.Factory.Started.Last(runtime => !runtime.IsDisposed).Events;

        events.Note(RuntimeNote.Rests);
        await UntilAsync(found => (string?)found["instances"]?[0]?["state"] == "resting");
        events.Note(RuntimeNote.Started);
        await UntilAsync(found => (string?)found["instances"]?[0]?["state"] == "running");
        events.Note(RuntimeNote.Ended(null));
        var status = await UntilAsync(found => (string?)found["instances"]?[0]?["state"] == "resting");

        Assert.Equal("healthy", (string?)status["health"]);
        Assert.Contains("Nothing of it runs", (string?)status["reason"]);
    }

    [Fact]
    public async Task Stop_OfAnOperator_IsNotLiftedByTheTenant()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        await _site.SendAsync(200, "POST", Stop, new JsonObject { ["reason"] = "abuse" }, _site.Site.Operator);
        await _site.SendAsync(200, "POST", Stop, new JsonObject());

        await _site.SendAsync(409, "POST", Start);
        await _site.SendAsync(204, "DELETE", DeploySite.Server);
        await _site.ActivateAsync(DeploySite.Settings());
        await _site.SendAsync(409, "POST", Start);
        var status = await _site.SendAsync(200, "GET", Status);
        Assert.Equal("An operator stopped the server: abuse", (string?)status["reason"]);

        await _site.SendAsync(200, "POST", Start, key: _site.Site.Operator);
        Assert.Equal("1", await DeploySite.WhichAsync(await _site.CallerAsync("2026-07-28")));
    }

    [Fact]
    public async Task Stop_IsRefused_ToWhoMayOnlyRead()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var reader = (await _site.Site.KeyAsync("acme", "read-only")).Text;

        await _site.SendAsync(200, "GET", Status, key: reader);
        await _site.SendAsync(403, "POST", Stop, new JsonObject(), reader);
        await _site.SendAsync(400, "POST", Stop, new JsonObject { ["reason"] = "a\nb" });
        await _site.SendAsync(400, "POST", Stop, new JsonObject { ["reason"] = new string('x', 201) });
        Assert.Equal("healthy", (string?)(await _site.SendAsync(200, "GET", Status))["health"]);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Server_IsPutIntoQuarantine_WhenItsProcessesKeepEnding(string revision)
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var caller = await (await _site.CallerAsync(revision)).OpenAsync();
        Assert.Equal("1", await DeploySite.WhichAsync(caller));

        Crash(ExitReason.Crashed, 139);
        var degraded = await UntilAsync(found => (string?)found["health"] == "unhealthy");
        Assert.Contains("signal 11 (memory fault)", (string?)degraded["reason"]);
        Crash(ExitReason.Idle);
        Crash(ExitReason.EndedByHost);
        Crash(ExitReason.OutOfMemory);
        Assert.Equal(2, (int?)(await UntilAsync(found => (int?)found["exits"] == 2))["exits"]);
        Crash(ExitReason.CpuTime);
        var status = await UntilAsync(found => (string?)found["health"] == "quarantined");

        Assert.Contains("ended unexpectedly 3 times within 10 minutes", (string?)status["reason"]);
        Assert.Contains("more processor time than it may", (string?)status["reason"]);
        await UntilAsync(_ => _site.Factory.Started.All(runtime => runtime.IsDisposed));
        using (var first = await caller.FirstAsync())
        {
            Assert.Equal(503, (int)first.StatusCode);
            Assert.Contains("in quarantine", await first.Content.ReadAsStringAsync());
        }

        await UntilRecordedAsync("server.quarantined");
        await _site.SendAsync(200, "POST", Start);
        Assert.Equal("1", await DeploySite.WhichAsync(await caller.OpenAsync()));
        Crash(ExitReason.Crashed, 1);
        Assert.Equal("unhealthy", (string?)(await UntilAsync(found => (int?)found["exits"] == 1))["health"]);
    }

    [Fact]
    public async Task Server_IsNotPutIntoQuarantine_ByOneWhoseOwnProcessesEnd()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        Assert.Equal("1", await DeploySite.WhichAsync(await _site.CallerAsync("2026-07-28")));
        for (var i = 0; i < 6; i++)
        {
            Crash(ExitReason.Crashed, 1, "ann");
        }

        var status = await UntilAsync(found => (int?)found["exits"] == 6);
        Assert.Equal("unhealthy", (string?)status["health"]);
        Assert.Equal("1", await DeploySite.WhichAsync(await _site.CallerAsync("2026-07-28")));

        Crash(ExitReason.Crashed, 1, "bob");
        Crash(ExitReason.Crashed, 1, "cyd");
        await UntilAsync(found => (string?)found["health"] == "quarantined");
    }

    [Fact]
    public async Task Exits_AreForgotten_WhenTheirTimeIsOver()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var caller = await _site.CallerAsync("2026-07-28");
        Assert.Equal("1", await DeploySite.WhichAsync(caller));
        Crash(ExitReason.Crashed, 1);
        Crash(ExitReason.Crashed, 1);
        await UntilAsync(found => (int?)found["exits"] == 2);

        _site.Site.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("1", await DeploySite.WhichAsync(caller));
        Crash(ExitReason.Crashed, 1);

        Assert.NotEqual(
            "quarantined", (string?)(await UntilAsync(found => (int?)found["exits"] == 1))["health"]);
    }

    [Fact]
    public async Task Logs_AreReadByWhoMay_TheNewestLast()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        Assert.Equal("1", await DeploySite.WhichAsync(await _site.CallerAsync("2026-07-28")));
        var events = _site.Factory.Started.Last(runtime => !runtime.IsDisposed).Events;
        for (var i = 1; i <= 5; i++)
        {
            events.Wrote($"line {i}");
            await UntilLoggedAsync(i);
            _site.Site.Host.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        var last = await _site.SendAsync(200, "GET", Logs + "?limit=2");
        Assert.Equal(["line 4", "line 5"], Texts(last));
        var first = (long)last["items"]![0]!["number"]!;
        Assert.Equal(["line 2", "line 3"], Texts(await _site.SendAsync(200, "GET", $"{Logs}?limit=2&before={first}")));
        Assert.Equal(["line 5"], Texts(await _site.SendAsync(200, "GET", $"{Logs}?after={first}")));
        await _site.SendAsync(400, "GET", Logs + "?before=x");
        await _site.SendAsync(403, "GET", Logs, key: (await _site.Site.KeyAsync("acme", "mcp-user")).Text);
        await _site.SendAsync(404, "GET", Logs, key: (await _site.Site.KeyAsync("default", "admin")).Text);
    }

    [Fact]
    public async Task Logs_AreBounded_HoweverMuchIsWritten()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        Assert.Equal("1", await DeploySite.WhichAsync(await _site.CallerAsync("2026-07-28")));
        var events = _site.Factory.Started.Last(runtime => !runtime.IsDisposed).Events;
        events.Wrote("first");
        await UntilLoggedAsync(1);
        for (var i = 0; i < 10_000; i++)
        {
            events.Wrote(new string('x', 1_000));
        }

        _site.Site.Host.Clock.Advance(TimeSpan.FromSeconds(2));
        await UntilLoggedAsync(2);

        var texts = Texts(await _site.SendAsync(200, "GET", Logs));
        Assert.InRange(texts.Count, 3, 20);
        Assert.Equal("first", texts[0]);
        Assert.Contains("lines came too fast", texts[1]);
    }

    private static List<string> Texts(JsonObject page) =>
        [.. page["items"]!.AsArray().Select(item => (string)item!["text"]!)];

    private async Task UntilLoggedAsync(int count)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Texts(await _site.SendAsync(200, "GET", Logs)).Count < count)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "It did not come.");
        }
    }

    private void Crash(ExitReason reason, int status = 0, string? served = null)
    {
        var events = _site.Factory.Started.Last(runtime => !runtime.IsDisposed).Events;
        events.Note(RuntimeNote.Started);
        events.Note(RuntimeNote.Ended(ServerExit.Of(reason, status, _site.Site.Host.Clock.GetUtcNow())) with
        {
            Served = served is null ? null : PrincipalId.Parse(served),
        });
    }

    private async Task UntilRecordedAsync(string action)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await CountAsync(action) != 1)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "It was not recorded.");
        }
    }

    private async Task<int> CountAsync(string action) =>
        (await _site.SendAsync(200, "GET", $"/tenants/acme/audit?action={action}&outcome=success"))["items"]!
            .AsArray().Count;

    private async Task<JsonObject> UntilAsync(Func<JsonObject, bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await _site.SendAsync(200, "GET", Status);
            if (condition(status))
            {
                return status;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), $"Not yet: {status}");
        }
    }
}
