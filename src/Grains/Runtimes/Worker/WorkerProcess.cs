using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Servers.Health;

namespace Smcp.Runtimes.Worker;

/// <summary>One workerd in its jail, the socket by which it is asked, and its calls in flight. Thread-safe.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly IJailedProcess _jail;
    private readonly IAsyncDisposable? _bindings;
    private readonly IReadOnlyList<string> _files;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly HashSet<WorkerCall> _calls = [];
    private volatile bool _isOver;
    private int _hasAnswered;
    private int _isDisposed;

    public WorkerProcess(
        IJailedProcess jail,
        SubrequestBudget budget,
        IAsyncDisposable? bindings,
        string socket,
        IReadOnlyList<string> files,
        TimeProvider time)
    {
        _jail = jail;
        _bindings = bindings;
        _files = files;
        _time = time;
        Budget = budget;
        RestsSince = time.GetTimestamp();
        Http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => WorkerSockets.ConnectAsync(socket, cancellationToken),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        });
    }

    public HttpMessageInvoker Http { get; }

    public SubrequestBudget Budget { get; }

    public Task<JailExit> Exited => _jail.Exited;

    /// <summary>Why it is killed, where it was over a limit.</summary>
    public ExitReason? Over { get; set; }

    /// <summary>Since when it has no call.</summary>
    public long RestsSince { get; private set; }

    /// <summary>The calls that run in it.</summary>
    public IReadOnlyList<WorkerCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>A call begins, until what is returned is disposed.</summary>
    public WorkerCall Begin()
    {
        var call = new WorkerCall(_time.GetTimestamp(), End);
        lock (_lock)
        {
            _calls.Add(call);
        }

        Budget.Begin();
        return call;
    }

    /// <summary>It answered: what it took to start is over, and its processor time is bounded from now on.</summary>
    public async Task AnsweredAsync()
    {
        if (Interlocked.Exchange(ref _hasAnswered, 1) == 0)
        {
            await _jail.BoundCpuAsync(CancellationToken.None);
        }
    }

    public Task<JailUsage?> MeasureAsync(CancellationToken cancellationToken) => _jail.MeasureAsync(cancellationToken);

    /// <summary>Whether it is not to be asked any more.</summary>
    public bool IsOver => _isOver || _jail.Exited.IsCompleted;

    public ValueTask KillAsync()
    {
        _isOver = true;
        return _jail.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _jail.DisposeAsync();
        Http.Dispose();
        if (_bindings is not null)
        {
            await _bindings.DisposeAsync();
        }

        foreach (var file in _files)
        {
            File.Delete(file);
        }
    }

    private void End(WorkerCall call)
    {
        lock (_lock)
        {
            _calls.Remove(call);
            RestsSince = _time.GetTimestamp();
        }

        Budget.End();
    }
}
