using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Smcp.Mcp.Relay;

/// <summary>When a stopping gateway waits for calls no longer.</summary>
internal sealed class StopDeadline : IDisposable
{
    private readonly CancellationTokenSource _passed = new();

    public StopDeadline(IHostApplicationLifetime lifetime, TimeProvider time, IOptions<McpOptions> options) =>
        lifetime.ApplicationStopping.Register(() => _ = PassLaterAsync(time, options.Value.DrainTimeout));

    /// <summary>Cancelled when it is.</summary>
    public CancellationToken Passed => _passed.Token;

    public void Dispose() => _passed.Dispose();

    private async Task PassLaterAsync(TimeProvider time, TimeSpan drainTimeout)
    {
        await Task.Delay(drainTimeout, time);
        await _passed.CancelAsync();
    }
}
