namespace Smcp.Storage;

/// <summary>How much a store holds.</summary>
public readonly record struct StoreCount(long States, long Logs, long Records, long Bytes)
{
    /// <summary>What a content adds up to.</summary>
    public static StoreCount Of(IStoreContent content)
    {
        var (states, logs, records, bytes) = (0L, 0L, 0L, 0L);
        foreach (var row in content.States())
        {
            states++;
            bytes += row.Payload.Length;
        }

        foreach (var log in content.Logs())
        {
            logs++;
            foreach (var record in content.Records(log))
            {
                records++;
                bytes += record.Payload.Length;
            }
        }

        return new StoreCount(states, logs, records, bytes);
    }

    public override string ToString() =>
        $"{States:N0} states, {Records:N0} records of {Logs:N0} logs, {Bytes:N0} bytes";
}
