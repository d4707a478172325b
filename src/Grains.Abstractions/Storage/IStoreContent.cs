namespace Smcp.Storage;

/// <summary>
/// Everything that a store holds, as of one moment. Its lists are read one at a time, as often as asked for.
/// </summary>
public interface IStoreContent
{
    /// <summary>What names this content, the same whenever it is read again.</summary>
    string Id { get; }

    IEnumerable<StoredRow> States();

    /// <summary>What goes to the nodes' own rows (<see cref="RawStorage.Nodes"/>).</summary>
    IEnumerable<StoredRow> NodeStates();

    IEnumerable<StoredLog> Logs();

    /// <summary>The records that a log still holds, in order.</summary>
    IEnumerable<LogRecord> Records(StoredLog log);
}
