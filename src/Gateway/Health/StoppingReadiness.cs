using Microsoft.Extensions.Hosting;

namespace Smcp.Health;

/// <summary>A process that starts or stops takes no new requests.</summary>
internal sealed class StoppingReadiness(IHostApplicationLifetime lifetime) : IReadiness
{
    public string? Problem =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
        : lifetime.ApplicationStarted.IsCancellationRequested ? null
        : "starting";
}
