using Smcp.Storage;

namespace Smcp.Engine.Activations;

/// <summary>The logs as one activation sees them: a conflict that meets it is known as its own.</summary>
internal sealed class FencedLogs(Activation activation, ILogStorage logs) : ILogStorage
{
    public async ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        try
        {
            await logs.AppendAsync(log, firstSequence, records, cancellationToken);
        }
        catch (StateConflictException conflict)
        {
            activation.NoteConflict(conflict);
            throw;
        }
    }

    public ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken) =>
        logs.ReadAsync(log, afterSequence, itemsMax, cancellationToken);

    public ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken) =>
        logs.ExtentAsync(log, cancellationToken);

    public ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken) =>
        logs.TrimAsync(log, throughSequence, cancellationToken);

    public ValueTask DeleteAsync(string log, CancellationToken cancellationToken) =>
        logs.DeleteAsync(log, cancellationToken);
}
