using System.Net;
using System.Net.Sockets;
using Smcp.Runtimes.Jails;
using Smcp.Servers;
using Smcp.Servers.Health;

namespace Smcp.Runtimes.Process;

public sealed class ProcessRuntimeTests : IAsyncDisposable
{
    private readonly ProcessSite _site = new(
        ("Smcp:Egress:AllowedNetworks:0", "127.0.0.0/8"), ("Smcp:Process:RestartDelay", "00:01:00"));

    [JailFact]
    public async Task Process_IsOneForEachPrincipal()
    {
        var runtime = await _site.StartAsync(ProcessSite.Settings);

        Assert.Equal("1", await _site.CallAsync(runtime, "count"));
        Assert.Equal("2", await _site.CallAsync(runtime, "count"));
        Assert.Equal("1", await _site.CallAsync(runtime, "count", principal: "bob"));
    }

    [JailFact]
    public async Task Process_IsOneForAll_WhenItIsStateless()
    {
        var runtime = await _site.StartAsync(With(process => process with { IsStateless = true }));

        Assert.Equal("1", await _site.CallAsync(runtime, "count"));
        Assert.Equal("2", await _site.CallAsync(runtime, "count", principal: "bob"));
    }

    [JailFact]
    public async Task Environment_HasWhatWasSet_AndSecretsByTheirNames()
    {
        _site.Secrets["API_KEY"] = "s3cret";
        var runtime = await _site.StartAsync(With(process => process with
        {
            Environment = new Dictionary<string, string> { ["MODE"] = "test" },
            SecretEnvironment = new Dictionary<string, string> { ["TOKEN"] = "API_KEY" },
        }) with
        {
            Secrets = ["API_KEY"],
        });

        Assert.Equal("test", await _site.CallAsync(runtime, "variable", "MODE"));
        Assert.Equal("s3cret", await _site.CallAsync(runtime, "variable", "TOKEN"));
        Assert.Equal("none", await _site.CallAsync(runtime, "variable", "DOTNET_ROOT"));
    }

    [JailFact]
    public async Task Process_IsNotStarted_WithoutASecretThatItMayHave()
    {
        _site.Secrets["OTHER"] = "s3cret";
        var runtime = await _site.StartAsync(With(process => process with
        {
            SecretEnvironment = new Dictionary<string, string> { ["TOKEN"] = "OTHER" },
        }));

        Assert.StartsWith("error: ", await _site.CallAsync(runtime, "count"), StringComparison.Ordinal);
    }

    [JailFact]
    public async Task Process_RestsAfterItEndedByItself()
    {
        var runtime = await _site.StartAsync(ProcessSite.Settings);

        Assert.Contains("ended", await _site.CallAsync(runtime, "exit"), StringComparison.Ordinal);

        // Until what watches the process has noted it, it may be started once more.
        string answer;
        do
        {
            answer = await _site.CallAsync(runtime, "exit");
        }
        while (!answer.Contains("rests", StringComparison.Ordinal));
    }

    [JailFact]
    public async Task Line_ThatNeverEndsEndsTheProcess()
    {
        var runtime = await _site.StartAsync(ProcessSite.Settings);

        Assert.StartsWith("error: ", await _site.CallAsync(runtime, "flood"), StringComparison.Ordinal);
        Assert.Equal("1", await _site.CallAsync(runtime, "count"));
    }

    [JailFact]
    public async Task Errors_AreKept()
    {
        var runtime = await _site.StartAsync(ProcessSite.Settings);
        Assert.Equal("said", await _site.CallAsync(runtime, "say", "a complaint"));
        await runtime.DisposeAsync();

        Assert.Equal("begun\na complaint\n", _site.Errors);
    }

    [JailFact]
    public async Task Secret_IsMasked_InWhatAProgramWrites()
    {
        _site.Secrets["API_KEY"] = "s3cret-value";
        var runtime = await _site.StartAsync(With(process => process with
        {
            SecretEnvironment = new Dictionary<string, string> { ["TOKEN"] = "API_KEY" },
        }) with
        {
            Secrets = ["API_KEY"],
        });
        await _site.CallAsync(runtime, "say", "my token is s3cret-value, or not");
        await runtime.DisposeAsync();

        Assert.Equal("begun\nmy token is [secret], or not\n", _site.Errors);
    }

    [JailFact]
    public async Task End_IsNotedWithItsReason_WhenAProgramEndsByItself()
    {
        var runtime = await _site.StartAsync(ProcessSite.Settings);

        Assert.Contains("ended", await _site.CallAsync(runtime, "exit"), StringComparison.Ordinal);
        var began = TimeProvider.System.GetTimestamp();
        while (_site.Events.Notes.All(note => note.Kind != RuntimeNoteKind.Ended))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "It was not noted.");
            await Task.Yield();
        }

        var exit = Assert.Single(_site.Events.Notes, note => note.Kind == RuntimeNoteKind.Ended).Exit!;
        Assert.Equal((ExitReason.Crashed, 9, null), (exit.Reason, exit.Code, exit.Signal));
        Assert.Equal("It ended by itself with exit code 9.", exit.Text);
    }

    [JailFact]
    public async Task Process_IsEndedAndStartedAfresh_WhenItDoesNotAnswerChecks()
    {
        await using var site = new ProcessSite(
            ("Smcp:Upstream:CheckTimeout", "00:00:02"), ("Smcp:Process:ExitGrace", "00:00:00.100"));
        var runtime = (ICheckedRuntime)await site.StartAsync(ProcessSite.Settings);
        Assert.Equal("1", await site.CallAsync(runtime, "count"));
        await runtime.CheckAsync(default);
        await runtime.CheckAsync(default);
        Assert.Equal("2", await site.CallAsync(runtime, "count"));

        Assert.Equal("hangs", await site.CallAsync(runtime, "hang"));
        await runtime.CheckAsync(default);
        Assert.DoesNotContain(site.Events.Notes, note => note.Kind == RuntimeNoteKind.Failing);
        await runtime.CheckAsync(default);

        Assert.Contains(site.Events.Notes, note => note.Exit?.Reason == ExitReason.NoAnswer);
        Assert.Equal("1", await site.CallAsync(runtime, "count"));
    }

    [JailFact]
    public async Task Kill_GivesAProgramNoTime()
    {
        await using var site = new ProcessSite(("Smcp:Process:ExitGrace", "00:01:00"));
        var runtime = (IKillableRuntime)await site.StartAsync(ProcessSite.Settings);
        Assert.Equal("hangs", await site.CallAsync(runtime, "hang"));

        runtime.Kill();
        await runtime.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Null(Assert.Single(site.Events.Notes, note => note.Kind == RuntimeNoteKind.Ended).Exit);
    }

    [JailFact]
    public async Task Scratch_IsTheOnlyPlaceToWrite()
    {
        var runtime = await _site.StartAsync(With(process => process with
        {
            Scratch = new Dictionary<string, long> { ["/data"] = 1 << 20 },
        }));

        Assert.Equal("written", await _site.CallAsync(runtime, "write", "/data/x"));
        Assert.StartsWith("no: ", await _site.CallAsync(runtime, "write", "/app/x"), StringComparison.Ordinal);
    }

    [JailFact]
    public async Task Places_AreReachedByTheProxy_AndNoOthers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var site = new ProcessSite(("Smcp:EgressProxy:InternalPlaces:0", $"localhost:{port}"));
        var runtime = await site.StartAsync(ProcessSite.Settings with { Egress = [$"localhost:{port}"] });

        Assert.Equal(
            "HTTP/1.1 200 Connection established", await site.CallAsync(runtime, "connect", $"localhost:{port}"));
        Assert.True(listener.Pending());
        Assert.Equal("HTTP/1.1 403 Forbidden", await site.CallAsync(runtime, "connect", $"127.0.0.1:{port}"));
        Assert.Equal("HTTP/1.1 403 Forbidden", await site.CallAsync(runtime, "connect", "localhost:1"));
        Assert.All(site.Audit.Events, entry => Assert.Equal("egress.denied", entry.Action));
        Assert.Equal(2, site.Audit.Events.Count);
        Assert.All(site.Audit.Events, entry => Assert.Equal("not allowed", entry.Reason));
    }

    [JailFact]
    public async Task Places_OfOurOwnNetworksAreNotReached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var place = $"localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var runtime = await _site.StartAsync(ProcessSite.Settings with { Egress = [place] });

        Assert.Equal("HTTP/1.1 403 Forbidden", await _site.CallAsync(runtime, "connect", place));

        Assert.False(listener.Pending());
        Assert.Equal("internal", Assert.Single(_site.Audit.Events).Reason);
    }

    [JailFact]
    public async Task Port_LeadsToItsPlace()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var place = $"localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var site = new ProcessSite(("Smcp:EgressProxy:InternalPlaces:0", place));
        var runtime = await site.StartAsync(
            With(process => process with { Ports = new Dictionary<string, string> { ["5432"] = place } }) with
            {
                Egress = [place],
            });

        var call = site.CallAsync(runtime, "port", "5432");
        using var client = await listener.AcceptTcpClientAsync();
        Assert.Equal("hello", await new StreamReader(client.GetStream(), leaveOpen: true).ReadLineAsync());
        await client.GetStream().WriteAsync("welcome\n"u8.ToArray());

        Assert.Equal("welcome", await call);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static ServerSettings With(Func<ProcessSettings, ProcessSettings> change) =>
        ProcessSite.Settings with { Process = change(ProcessSite.Settings.Process!) };
}
