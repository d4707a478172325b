namespace Smcp.Runtimes;

/// <summary>Somebody who listens to a server for changes; disposal ends that.</summary>
internal interface IRuntimeWatch : IAsyncDisposable
{
    /// <summary>
    /// Completes when nothing more will be heard: its client is to listen anew. Never fails.
    /// </summary>
    Task Ended { get; }
}
