using System.Text;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

/// <summary>Jails that are made before it is known for which worker.</summary>
public sealed class WorkerBlanksTests
{
    private const string Probe =
        """export default { async fetch(request, env) { return Response.json(env); } };""";

    [FullJailFact]
    public async Task Blank_BecomesTheWorkerThatStartsNext_AndKnowsItsOwnOnly()
    {
        await using var host = await WorkerHost.StartAsync();
        Assert.Equal("""{"MODE":"one"}""", await AskAsync(host.Worker(Probe, With("one"))));
        await UntilAsync(() => host.Blanks.Count == 1);
        var next = host.Worker(Probe, With("two"));

        await next.ProcessAsync(default);

        Assert.Equal(0, host.Blanks.Count);
        Assert.Equal("""{"MODE":"two"}""", await AskAsync(next));
        await UntilAsync(() => host.Blanks.Count == 1);
    }

    [FullJailFact]
    public async Task Blank_IsNotForAWorkerWithOtherLimits()
    {
        await using var host = await WorkerHost.StartAsync();
        await AskAsync(host.Worker(Probe, With("one")));
        await UntilAsync(() => host.Blanks.Count == 1);
        var smaller = host.Worker(Probe, new ServerSettings
        {
            Runtime = RuntimeKind.Worker,
            Worker = With("less"),
            Limits = new ServerLimits { MemoryBytes = 96 << 20 },
        });

        Assert.Equal("""{"MODE":"less"}""", await AskAsync(smaller));

        // The one that waited made room for one that the next like this finds.
        await UntilAsync(() => host.Blanks.Count == 1);
    }

    [FullJailFact]
    public async Task Blank_ThatEnded_IsMissedByNobody()
    {
        await using var host = await WorkerHost.StartAsync();
        await AskAsync(host.Worker(Probe, With("one")));
        await UntilAsync(() => host.Blanks.Count == 1);

        await host.EndJailerAsync();

        Assert.Equal("""{"MODE":"two"}""", await AskAsync(host.Worker(Probe, With("two"))));
    }

    [FullJailFact]
    public async Task Blanks_LeaveNothing()
    {
        await using var host = await WorkerHost.StartAsync();
        var worker = host.Worker(Probe, With("one"));
        await AskAsync(worker);
        await UntilAsync(() => host.Blanks.Count == 1);
        Assert.NotEmpty(Directory.GetFiles(host.Folder.Path, "b*"));

        await worker.DisposeAsync();
        await host.Blanks.DisposeAsync();

        Assert.Empty(Directory.GetFiles(host.Folder.Path, "b*"));
        Assert.Equal(0, host.Blanks.Count);
    }

    private static WorkerSettings With(string mode) => new()
    {
        Main = "main.mjs",
        Variables = new Dictionary<string, string> { ["MODE"] = mode },
    };

    private static async Task<string> AskAsync(WorkerRuntime worker)
    {
        using var client = WorkerHost.ClientOf(worker);
        using var answer = await client.PostAsync("/", new StringContent(string.Empty, Encoding.UTF8));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            await looks.WaitForNextTickAsync(patience.Token);
        }
    }
}
