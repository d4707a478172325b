using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Crash;

/// <summary>
/// Kills the server under load and starts it again on the same data, round after round, and tells what it broke of its
/// promises.
/// </summary>
/// <param name="seed">Decides when it is killed.</param>
/// <param name="start">Starts the server on a data folder.</param>
internal sealed class CrashRun(int seed, Func<string, Task<Standalone>> start)
{
    private const int Clients = 4;

    // The counter remembers the latest 10,000 operations; a run stays below.
    private const int OperationsMax = 300;

    private readonly Random _random = new(seed);
    private readonly EffectHistory _effects = new();
    private int _ticksLeft;
    private TaskCompletionSource _due = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Acknowledged => _effects.Acknowledged;

    public async Task<IReadOnlyList<string>> RunAsync(int rounds, CancellationToken cancellationToken)
    {
        using var data = new DataFolder();
        var clients = Enumerable.Range(0, Clients).Select(c => new CrashClient($"c{c}", _effects, Tick)).ToList();
        try
        {
            var wrong = new List<string>();
            for (var round = 0; round < rounds && wrong.Count == 0; round++)
            {
                wrong.AddRange(await RunRoundAsync(data.Path, clients, round, cancellationToken));
            }

            return wrong;
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }

    private async Task<IReadOnlyList<string>> RunRoundAsync(
        string data, List<CrashClient> clients, int round, CancellationToken cancellationToken)
    {
        await using (var doomed = await start(data))
        {
            if (round == 0)
            {
                await Task.WhenAll(clients.Select(c => c.OpenAsync(doomed, cancellationToken)));
            }

            _due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _ticksLeft, _random.Next(20, 400));
            var work = Task.WhenAll(clients.Select(c => c.WorkAsync(doomed, OperationsMax, cancellationToken)));
            // Work that ends by itself was refused; recovery tells of it.
            await Task.WhenAny(_due.Task, work).WaitAsync(cancellationToken);
            await doomed.KillAsync();
            await work;
        }

        await using var smcp = await start(data);
        var broken = await Task.WhenAll(clients.Select(c => c.RecoverAsync(smcp, cancellationToken)));
        if (broken.SelectMany(b => b).ToList() is { Count: > 0 } wrong)
        {
            return wrong;
        }

        var effects = _effects.Violations(await clients[0].HistoryAsync(smcp, cancellationToken));
        var isQuiet = await clients[0].IsQuietAsync(smcp, cancellationToken);
        await smcp.KillAsync();
        string[] forgotten = isQuiet ? [] : ["the log level was forgotten"];
        return [.. effects, .. forgotten];
    }

    /// <summary>
    /// Something came to an end somewhere: after a number of these, drawn by the seed, the server is killed.
    /// </summary>
    private void Tick()
    {
        if (Interlocked.Decrement(ref _ticksLeft) == 0)
        {
            _due.TrySetResult();
        }
    }
}
