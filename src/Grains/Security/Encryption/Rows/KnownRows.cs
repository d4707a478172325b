namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// The rows that were read or written of late, bounded: when half of the room is full, what was not met since it was
/// last so is forgotten. For any thread.
/// </summary>
internal sealed class KnownRows(int rowsMax)
{
    private readonly Lock _gate = new();
    private Dictionary<UInt128, KnownRow> _young = [];
    private Dictionary<UInt128, KnownRow> _old = [];

    public KnownRow? Find(UInt128 row)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(row, out var known))
            {
                return known;
            }

            if (!_old.TryGetValue(row, out known))
            {
                return null;
            }

            Put(row, known);
            return known;
        }
    }

    public void Set(UInt128 row, KnownRow known)
    {
        lock (_gate)
        {
            Put(row, known);
        }
    }

    public void Forget(UInt128 row)
    {
        lock (_gate)
        {
            _young.Remove(row);
            _old.Remove(row);
        }
    }

    private void Put(UInt128 row, KnownRow known)
    {
        if (_young.Count >= rowsMax / 2)
        {
            _old = _young;
            _young = [];
        }

        _young[row] = known;
    }
}
