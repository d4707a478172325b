using System.Text;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

public sealed class WorkerRuntimeTests
{
    private const string Probe =
        """
        let served = 0;
        export default { async fetch(request, env) {
          const asked = await request.text();
          switch (asked) {
            case "count": return new Response(String(++served));
            case "loop": for (;;) served++;
            case "heap": { const kept = []; for (;;) kept.push(new Array(100_000).fill(served++)); }
            case "sleep": await new Promise(() => setTimeout(() => 0, 3_600_000)); break;
            case "put": await env.KV.put("a", "kept"); return new Response(await env.KV.get("a"));
            case "env": return Response.json(env);
            case "fetch": return new Response((await fetch("http://192.0.2.1/")).headers.get("smcp-refused"));
            case "stream": return new Response(new ReadableStream({
              start(controller) { controller.enqueue(new TextEncoder().encode("first\n")); } }));
          }
        } };
        """;

    [WorkerFact]
    public async Task Worker_AnswersAndKeepsItsProcess()
    {
        await using var host = await WorkerHost.StartAsync();
        using var client = WorkerHost.ClientOf(host.Worker(Probe));

        Assert.Equal(["1", "2"], [await AskAsync(client, "count"), await AskAsync(client, "count")]);
        Assert.Equal("not-allowed", await AskAsync(client, "fetch"));
    }

    [WorkerFact]
    public async Task Worker_ReachesItsBindings_FromTheJail()
    {
        await using var host = await WorkerHost.StartAsync();
        using var client = WorkerHost.ClientOf(
            host.Worker(Probe, new WorkerSettings { Main = "main.mjs", KeyValues = ["KV"] }));

        Assert.Equal("kept", await AskAsync(client, "put"));
        Assert.NotNull(await host.Data.DataOf("acme/notes/shared").KeyValues.GetAsync("KV/a"));
    }

    [WorkerFact]
    public async Task Worker_HasItsVariables_AndNoSecretOfOthers()
    {
        await using var host = await WorkerHost.StartAsync();
        var settings = new WorkerSettings
        {
            Main = "main.mjs",
            Variables = new Dictionary<string, string> { ["MODE"] = "\"), x" },
        };
        using var client = WorkerHost.ClientOf(host.Worker(Probe, settings, "TOKEN"));

        Assert.Equal("""{"MODE":"\"), x"}""", await AskAsync(client, "env"));
    }

    [WorkerFact]
    public async Task Loop_IsKilled_AndTheNextCallFindsAFreshProcess()
    {
        await using var host = await WorkerHost.StartAsync(("Smcp:Worker:CpuTimeMax", "00:00:00.500"));
        using var client = WorkerHost.ClientOf(host.Worker(Probe));
        using var beside = WorkerHost.ClientOf(host.Worker(Probe));
        Assert.Equal("1", await AskAsync(client, "count"));
        Assert.Equal("1", await AskAsync(beside, "count"));

        var loop = AskAsync(client, "loop");
        await Assert.ThrowsAsync<HttpRequestException>(() => loop);

        Assert.Equal("1", await AskAsync(client, "count"));
        Assert.Equal("2", await AskAsync(beside, "count"));
        Assert.True(host.Log.Holds("CpuTime"));
    }

    [WorkerFact]
    public async Task HeapBomb_EndsItsProcessAlone()
    {
        await using var host = await WorkerHost.StartAsync();
        using var client = WorkerHost.ClientOf(host.Worker(Probe));
        using var beside = WorkerHost.ClientOf(host.Worker(Probe));
        Assert.Equal("1", await AskAsync(beside, "count"));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, "heap"));

        Assert.Equal("1", await AskAsync(client, "count"));
        Assert.Equal("2", await AskAsync(beside, "count"));
    }

    [WorkerFact]
    public async Task Call_ThatRunsTooLong_IsEnded()
    {
        await using var host = await WorkerHost.StartAsync(("Smcp:Worker:CallTimeMax", "00:00:03"));
        var worker = host.Worker(Probe);
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal("1", await AskAsync(client, "count"));

        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client, "sleep"));

        Assert.Equal("1", await AskAsync(client, "count"));
    }

    [WorkerFact]
    public async Task Process_IsEnded_WhenItRests()
    {
        await using var host = await WorkerHost.StartAsync(("Smcp:Worker:IdleTimeout", "00:00:01"));
        var worker = host.Worker(Probe);
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal("1", await AskAsync(client, "count"));

        await (await worker.ProcessAsync(default)).Exited.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("1", await AskAsync(client, "count"));
    }

    [WorkerFact]
    public async Task Pool_HasAProcess_ForTheCallThatFindsItsOwnKilled()
    {
        await using var host = await WorkerHost.StartAsync(
            ("Smcp:Worker:CpuTimeMax", "00:00:00.500"), ("Smcp:Worker:PoolSize", "1"));
        var worker = host.Worker(Probe);
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal(0, worker.Spares);
        Assert.Equal("1", await AskAsync(client, "count"));
        await UntilAsync(() => worker.Spares == 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, "loop"));
        Assert.Equal("1", await AskAsync(client, "count"));
        Assert.Equal("2", await AskAsync(client, "count"));

        Assert.True(host.Log.Holds("started in advance is used"));
        await UntilAsync(() => worker.Spares == 1);
        await worker.DisposeAsync();
        Assert.Equal(0, worker.Spares);
        Assert.Empty(Directory.GetFiles(host.Folder.Path, "w*"));
    }

    [WorkerFact]
    public async Task Pool_IsDrained_WhenItsWorkerRests()
    {
        await using var host = await WorkerHost.StartAsync(
            ("Smcp:Worker:IdleTimeout", "00:00:01"), ("Smcp:Worker:PoolSize", "2"));
        var worker = host.Worker(Probe);
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal("1", await AskAsync(client, "count"));

        // Asked all the while: a machine that starts processes slowly must not find it at rest before they are there.
        await UntilAsync(() => worker.Spares == 2, () => AskAsync(client, "count"));

        await UntilAsync(() => worker.Running is null && worker.Spares == 0);

        Assert.Equal("1", await AskAsync(client, "count"));
    }

    [WorkerFact]
    public async Task Pool_LeavesItsTenantHalfOfItsJails()
    {
        await using var host = await WorkerHost.StartAsync(
            ("Smcp:Worker:PoolSize", "4"), ("Smcp:Jails:JailsPerTenantMax", "4"));
        var worker = host.Worker(Probe);
        using var client = WorkerHost.ClientOf(worker);
        using var beside = WorkerHost.ClientOf(host.Worker(Probe));
        Assert.Equal("1", await AskAsync(client, "count"));

        await UntilAsync(() => host.Log.Holds("as many jails here"));

        Assert.Equal(1, worker.Spares);
        Assert.Equal("1", await AskAsync(beside, "count"));
    }

    [WorkerFact]
    public async Task Pool_GivesNoProcess_WithSecretsOfBefore()
    {
        await using var host = await WorkerHost.StartAsync(
            ("Smcp:Worker:CpuTimeMax", "00:00:00.500"), ("Smcp:Worker:PoolSize", "1"));
        await host.PutSecretAsync("TOKEN", "before");
        var worker = host.Worker(Probe, null, "TOKEN");
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal("""{"TOKEN":"before"}""", await AskAsync(client, "env"));
        await UntilAsync(() => worker.Spares == 1);

        await host.PutSecretAsync("TOKEN", "after");
        host.Data.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, "loop"));

        Assert.Equal("""{"TOKEN":"after"}""", await AskAsync(client, "env"));
    }

    [WorkerFact]
    public async Task Worker_ThatIsNone_SaysWhy()
    {
        await using var host = await WorkerHost.StartAsync();

        var failure = await Assert.ThrowsAsync<WorkerUnavailableException>(
            () => host.Worker("export default {").ProcessAsync(default));

        Assert.Contains("SyntaxError", failure.Message, StringComparison.Ordinal);
    }

    [WorkerFact]
    public async Task Process_LeavesNothing()
    {
        await using var host = await WorkerHost.StartAsync();
        var worker = host.Worker(Probe, new WorkerSettings { Main = "main.mjs", KeyValues = ["KV"] });
        using var client = WorkerHost.ClientOf(worker);
        await AskAsync(client, "put");
        Assert.NotEmpty(Directory.GetFiles(host.Folder.Path, "w*"));

        await worker.DisposeAsync();

        Assert.Empty(Directory.GetFiles(host.Folder.Path, "w*"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => worker.ProcessAsync(default));
    }

    private static async Task UntilAsync(Func<bool> holds, Func<Task>? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            await looks.WaitForNextTickAsync(patience.Token);
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
        }
    }

    private static async Task<string> AskAsync(HttpClient client, string what)
    {
        using var answer = await client.PostAsync("/", new StringContent(what, Encoding.UTF8));
        return await answer.Content.ReadAsStringAsync();
    }
}
