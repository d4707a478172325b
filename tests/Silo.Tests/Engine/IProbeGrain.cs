using Smcp.Mcp;

namespace Smcp.Engine;

/// <summary>A grain that shows what a shell gives the plain class under it.</summary>
[Grain("probe")]
public interface IProbeGrain
{
    Task<ProbeReport> ReportAsync(CancellationToken cancellationToken);

    Task WriteAsync(string note, CancellationToken cancellationToken);

    Task EndAsync(CancellationToken cancellationToken);

    Task BlockAsync(CancellationToken cancellationToken);

    /// <summary>Until a call blocks.</summary>
    [Interleaves]
    Task BlockedAsync(CancellationToken cancellationToken);

    [Interleaves]
    ValueTask ReleaseAsync(CancellationToken cancellationToken);

    Task SetTimerAsync(string note, CancellationToken cancellationToken);

    Task PublishAsync(string stream, string note, CancellationToken cancellationToken);

    IAsyncEnumerable<McpFrame> CountAsync(int count, CancellationToken cancellationToken);
}
