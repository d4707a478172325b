using System.Collections.Concurrent;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// The keys and indexes that a node holds, of so many owners at most. Where one more comes, the one goes that was not
/// used since it was last looked at (second chance), but none whose index waits to be written. For any thread; finding
/// takes no lock.
/// </summary>
internal sealed class HeldKeys(int ownersMax)
{
    private readonly ConcurrentDictionary<KeyOwner, Place> _places = new();
    private readonly Lock _gate = new();
    private readonly Queue<KeyOwner> _turns = new();

    /// <summary>All that are held.</summary>
    public IEnumerable<OwnerKeys> All => _places.Values.Select(place => place.Keys);

    public OwnerKeys? Find(KeyOwner owner)
    {
        if (!_places.TryGetValue(owner, out var place))
        {
            return null;
        }

        if (!place.IsUsed)
        {
            place.IsUsed = true;
        }

        return place.Keys;
    }

    /// <summary>Holds these in place of what is held of their owner.</summary>
    public void Set(OwnerKeys keys)
    {
        lock (_gate)
        {
            if (!_places.ContainsKey(keys.Owner))
            {
                MakeRoom();
                _turns.Enqueue(keys.Owner);
            }

            _places[keys.Owner] = new Place(keys) { IsUsed = true };
        }
    }

    /// <summary>
    /// Each owner has its turn twice at most: where all wait to be written, there is one more for a while.
    /// </summary>
    private void MakeRoom()
    {
        for (var left = 2 * _turns.Count; _turns.Count >= ownersMax && left > 0; left--)
        {
            var owner = _turns.Dequeue();
            var place = _places[owner];
            if (place.IsUsed || place.Keys.Index.IsDirty)
            {
                place.IsUsed = false;
                _turns.Enqueue(owner);
            }
            else
            {
                _places.TryRemove(owner, out _);
            }
        }
    }

    private sealed class Place(OwnerKeys keys)
    {
        private volatile bool _isUsed;

        public OwnerKeys Keys => keys;

        public bool IsUsed
        {
            get => _isUsed;
            set => _isUsed = value;
        }
    }
}
