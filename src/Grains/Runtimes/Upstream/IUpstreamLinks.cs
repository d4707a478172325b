namespace Smcp.Runtimes.Upstream;

/// <summary>
/// Makes the conversations of one runtime with its server: for each client, or one for all. Disposed with the runtime,
/// after its links.
/// </summary>
internal interface IUpstreamLinks : IAsyncDisposable
{
    /// <summary>
    /// Whether all clients share one link: only where the server is declared stateless. A shared server is told of no
    /// client's capabilities and can ask nobody, since it could not say whom.
    /// </summary>
    bool IsShared { get; }

    /// <summary>The era that the server is known to speak; null to find out.</summary>
    UpstreamEra? Era { get; }

    /// <summary>
    /// What the last link led to understood nothing of the protocol. Whether the next one goes by another carrier, so
    /// that it is worth to open one.
    /// </summary>
    bool TryOtherCarrier() => false;

    /// <summary>
    /// Whether all links lead to one server, so that a check of one says how it is; else each has a process of its own,
    /// which ends with the link.
    /// </summary>
    bool IsOnePlace => false;

    /// <summary>
    /// Whether a server that nobody used since the last check is checked too: not where a check would keep running what
    /// rests.
    /// </summary>
    bool ChecksAtRest => true;

    /// <summary>Whether what links lead to runs, as far as that is known here.</summary>
    bool IsRunning => true;

    /// <summary>Before it is disposed: whatever runs is given no time to end.</summary>
    void Kill()
    {
        // Nothing of ours runs.
    }

    /// <summary>The one place that all links lead to does not answer: where that is ours, it is ended.</summary>
    ValueTask RestartAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Opens a link for a client; for a shared one the client is who happened to come first. Before the first message,
    /// so a start that fails ran nothing.
    /// </summary>
    ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken);
}
