using Smcp.Identity;
using Smcp.Runtimes.Jails.Output;

namespace Smcp.Runtimes.Process;

/// <summary>
/// Looks after one process: takes its standard error, notes when it ended by itself, and ends it when it is not needed
/// any more, as the stdio transport says: its input ends, it has a while, then it is killed.
/// </summary>
internal sealed class ProcessLife : IAsyncDisposable
{
    private readonly RunningProcess _running;
    private readonly CrashBackoffs _backoffs;
    private readonly PrincipalId? _served;
    private readonly string _name;
    private readonly ProcessTerms _terms;
    private readonly CancellationToken _killed;
    private readonly long _began;
    private readonly Task _watching;
    private readonly Task _reading;
    private int _isEnding;
    private volatile bool _endedItself;

    public ProcessLife(
        RunningProcess running,
        (CrashBackoffs Backoffs, PrincipalId? Served) whose,
        string name,
        ProcessTerms terms,
        CancellationToken killed)
    {
        _running = running;
        (_backoffs, _served) = whose;
        _name = name;
        _terms = terms;
        _killed = killed;
        _began = terms.Time.GetTimestamp();
        _reading = new OutputLines(running.Mask, terms.Wrote).TakeAsync(running.Jail.Error);
        terms.Note(RuntimeNote.Started);
        _watching = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.Jail.HasClosedOutput && Interlocked.Exchange(ref _isEnding, 1) == 0)
        {
            await _running.Jail.Input.DisposeAsync();
            using var grace = new CancellationTokenSource(_terms.Options.ExitGrace, _terms.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, _killed);
            await Task.WhenAny(_running.Jail.Exited, WhenCancelled(either.Token));
        }

        // Its own end comes by its output before the jailer tells of it: what is killed then is what it left.
        _endedItself = Volatile.Read(ref _isEnding) == 0;
        await _running.Jail.KillAsync();
        await _watching;
        await _reading;
    }

    private async Task WatchAsync()
    {
        var exit = await _running.Jail.Exited;
        if (Volatile.Read(ref _isEnding) == 0)
        {
            var rest = _backoffs.Ended(_served, _terms.Time.GetElapsedTime(_began));
            ProcessRuntime.LogEnded(_terms.Logger, _name, exit.Code, exit.Reason, rest.TotalSeconds);
            var own = exit with { IsOurs = exit.IsOurs && !_endedItself };
            _terms.Note(RuntimeNote.Ended(own.Describe(_terms.Time.GetUtcNow())) with { Served = _served });
        }
        else
        {
            _terms.Note(RuntimeNote.Ended(null));
        }

        try
        {
            await _running.Jail.Input.DisposeAsync();
            await _reading;
            await _running.Proxy.DisposeAsync();
        }
        finally
        {
            await _running.Jail.DisposeAsync();
        }
    }

    private static Task WhenCancelled(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), cancelled);
        return cancelled.Task;
    }
}
