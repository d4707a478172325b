using ModelContextProtocol;

namespace Smcp.EndToEnd.Clients;

/// <summary>Progress that is reported where it arrives; the framework's own goes by the thread pool, in any order.</summary>
internal sealed class SynchronousProgress(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
{
    private readonly Lock _gate = new();

    public void Report(ProgressNotificationValue value)
    {
        lock (_gate)
        {
            report(value);
        }
    }
}
