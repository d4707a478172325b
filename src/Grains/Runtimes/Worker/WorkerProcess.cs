using System.Net.Sockets;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Servers.Health;

namespace Smcp.Runtimes.Worker;

/// <summary>One workerd in its jail, the socket by which it is asked, and its calls in flight. Thread-safe.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ConnectionRest = TimeSpan.FromSeconds(2);

    private readonly IJailedProcess _jail;
    private readonly WorkerDoors _doors;
    private readonly IReadOnlyList<string> _files;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly HashSet<WorkerCall> _calls = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOver;
    private Task? _ending;

    public WorkerProcess(
        IJailedProcess jail,
        SubrequestBudget budget,
        WorkerDoors doors,
        string socket,
        IReadOnlyList<string> files,
        IReadOnlyList<WorkerBinding> members,
        TimeProvider time)
    {
        _jail = jail;
        _doors = doors;
        _files = files;
        _time = time;
        Budget = budget;
        Members = members;
        RestsSince = time.GetTimestamp();
        doors.Store?.BelongsTo(TryRetireAsync);
        Http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => WorkerSockets.ConnectAsync(socket, cancellationToken),
            // workerd closes a connection that rests for five seconds: a request that met that would be lost.
            PooledConnectionIdleTimeout = ConnectionRest,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        });
    }

    public HttpMessageInvoker Http { get; }

    public SubrequestBudget Budget { get; }

    /// <summary>The members of <c>env</c> that it was started with, secrets included.</summary>
    public IReadOnlyList<WorkerBinding> Members { get; }

    /// <summary>What it sent to the network, and received.</summary>
    public EgressTally Traffic => _doors.Traffic;

    /// <summary>Whether it took as many Durable Objects as a process may.</summary>
    public bool HasManyObjects => _doors.Store is { IsFull: true };

    /// <summary>Completes when it has answered for the first time.</summary>
    public Task Answered => _answered.Task;

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

    /// <summary>It waited to be needed, and now is: its rest begins only after that.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            RestsSince = _time.GetTimestamp();
        }
    }

    /// <summary>A call begins, until what is returned is disposed.</summary>
    /// <exception cref="HttpRequestException">It ends: nothing was sent, as to one that is gone.</exception>
    public WorkerCall Begin()
    {
        var call = new WorkerCall(_time.GetTimestamp(), End);
        lock (_lock)
        {
            if (_isOver)
            {
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "The process ends.",
                    new SocketException((int)SocketError.ConnectionRefused));
            }

            _calls.Add(call);
        }

        Budget.Begin();
        return call;
    }

    /// <summary>It answered: what it took to start is over, and its processor time is bounded from now on.</summary>
    public async Task AnsweredAsync()
    {
        if (_answered.TrySetResult())
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

    /// <summary>
    /// Ends it where no call is in flight, and waits until nothing of it is left; false where one is.
    /// </summary>
    public async ValueTask<bool> TryRetireAsync()
    {
        lock (_lock)
        {
            if (_calls.Count > 0)
            {
                return false;
            }

            _isOver = true;
        }

        Over = ExitReason.Idle;
        await DisposeAsync();
        return true;
    }

    /// <summary>Ends it. Whoever asks waits until nothing of it is left.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _ending ??= Task.Run(EndAsync);
            return new ValueTask(_ending);
        }
    }

    private async Task EndAsync()
    {
        await _jail.DisposeAsync();
        Http.Dispose();
        await _doors.DisposeAsync();
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
