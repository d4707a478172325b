using Smcp.Engine;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>
/// How the calls of one instance end when its process stops. On the scheduler, where nothing else is said.
/// </summary>
internal sealed class CallDrain(
    IActivationContext activation, InstanceOptions options, InstanceInbox inbox, CallTable calls, TaskRuns tasks)
{
    private TaskCompletionSource? _drained;
    private long _begunAt;
    private bool _failed;
    private bool _reports;

    public bool IsDraining => _drained is { Task.IsCompleted: false };

    /// <summary>
    /// Asks for the pulse, and answers what has not ended. Set by the grain, which ties the parts together.
    /// </summary>
    public Action Quicken { get; set; } = static () => { };

    /// <inheritdoc cref="Quicken"/>
    public Action FailOpen { get; set; } = static () => { };

    /// <summary>Sends what was counted, while the engine still takes it. Set by the grain.</summary>
    public Func<Task> Report { get; set; } = static () => Task.CompletedTask;

    /// <summary>Any thread. Completes when no call of the instance waits for its answer any more.</summary>
    public Task DrainAsync()
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        inbox.Post(() =>
        {
            _drained = drained;
            _begunAt = activation.Time.GetTimestamp();
            Quicken();
            Look();
        });
        return drained.Task;
    }

    /// <summary>Each beat: whether all have ended, or have had their time.</summary>
    public void Look()
    {
        if (!IsDraining)
        {
            return;
        }

        if (!calls.HasOpen && tasks.Count == 0)
        {
            _ = ReportThenEndAsync();
        }
        else if (!_failed && activation.Time.GetElapsedTime(_begunAt) >= options.DrainTimeout)
        {
            _failed = true;
            FailOpen();
        }
    }

    /// <summary>The activation ends: nothing is waited for any more.</summary>
    public void End() => _drained?.TrySetResult();

    private async Task ReportThenEndAsync()
    {
        if (!_reports)
        {
            _reports = true;
            await Report();
            End();
        }
    }
}
