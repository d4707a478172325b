namespace Smcp.Runtimes;

/// <summary>A runtime whose server can be asked whether it still answers.</summary>
internal interface ICheckedRuntime : IServerRuntime
{
    /// <summary>
    /// Asks what runs of the server, and is not at work, the cheapest thing that its protocol has; what it finds it
    /// notes (<see cref="IRuntimeEvents.Note"/>). What did not answer too often is ended, and the next call starts it
    /// afresh. Starts nothing.
    /// </summary>
    ValueTask CheckAsync(CancellationToken cancellationToken);
}
