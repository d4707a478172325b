namespace Smcp.Hosting.Classes;

/// <summary>Outside of a call, and on transports without polling, there is no stream to close.</summary>
internal sealed class FixedStream : IStreamControl
{
    public ValueTask ClosePollStreamAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
