using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Sessions;

/// <summary>
/// Tells the connection that reads a stream to look. A bell may be lost on the way, or not get off at all: its
/// connection looks at its next heartbeat anyway.
/// </summary>
internal sealed partial class Bells(IStreamHub hub, IEngineFailures failures, ILogger logger)
{
    public ValueTask RingAsync(SessionStream stream, long sequence) =>
        stream.Lease is { } lease ? RingAsync(lease.Reader, stream.Id, sequence) : ValueTask.CompletedTask;

    public async ValueTask RingAsync(StreamReader reader, long streamId, long sequence)
    {
        try
        {
            await hub.PublishAsync(Bell.StreamOf(reader.Gateway), new Bell(reader.Connection, streamId, sequence));
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            LogBellLost(logger, exception);
        }
    }
}
