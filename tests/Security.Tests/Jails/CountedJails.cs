using Smcp.Runtimes.Jails;

namespace Smcp.Threats;

/// <summary>Counts what is started.</summary>
internal sealed class CountedJails(IJails jails) : IJails
{
    private int _starts;

    public int Starts => Volatile.Read(ref _starts);

    public Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _starts);
        return jails.StartAsync(start, cancellationToken);
    }
}
