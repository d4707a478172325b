using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Smcp.Protocol;

/// <summary>
/// Finds a key that stands twice in one object, at any depth: two readers of such a message may see two different
/// messages. Open addressing over a seeded hash, so that nobody can choose keys that collide.
/// </summary>
internal ref struct KeyLedger(ReadOnlySpan<byte> body, Span<KeyLedger.Entry> slots)
{
    /// <summary>How many slots fit a usual message without renting.</summary>
    public const int SlotsAtFirst = 64;

    private readonly ReadOnlySpan<byte> _body = body;
    private Span<Entry> _slots = slots;
    private Entry[]? _rented;
    private int _count;

    /// <summary>
    /// Enters the key at the reader of the object with this number; false if the object has it already.
    /// </summary>
    public bool Add(int owner, ref readonly Utf8JsonReader key)
    {
        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        var entry = new Entry(
            owner, Hash(owner, in key), (int)key.TokenStartIndex, key.ValueSpan.Length + 2, key.ValueIsEscaped);
        var slot = entry.Hash & (_slots.Length - 1);
        while (_slots[slot].Owner != 0)
        {
            if (Same(_slots[slot], entry))
            {
                return false;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = entry;
        _count++;
        return true;
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<Entry>.Shared.Return(rented);
        }
    }

    private static int Hash(int owner, ref readonly Utf8JsonReader key)
    {
        var hash = new HashCode();
        hash.Add(owner);
        hash.AddBytes(key.ValueIsEscaped ? Encoding.UTF8.GetBytes(key.GetString()!) : key.ValueSpan);
        return hash.ToHashCode();
    }

    private readonly bool Same(in Entry left, in Entry right)
    {
        if (left.Hash != right.Hash || left.Owner != right.Owner)
        {
            return false;
        }

        var leftToken = _body.Slice(left.Start, left.Length);
        var rightToken = _body.Slice(right.Start, right.Length);
        return left.Escaped || right.Escaped
            ? string.Equals(JsonText.Unescape(leftToken), JsonText.Unescape(rightToken), StringComparison.Ordinal)
            : leftToken.SequenceEqual(rightToken);
    }

    private void Grow()
    {
        var larger = ArrayPool<Entry>.Shared.Rent(_slots.Length * 2);
        // A rented array may be longer than a power of two.
        var capacity = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)larger.Length + 1) / 2;
        var slots = larger.AsSpan(0, capacity);
        slots.Clear();
        foreach (var entry in _slots)
        {
            if (entry.Owner != 0)
            {
                var slot = entry.Hash & (capacity - 1);
                while (slots[slot].Owner != 0)
                {
                    slot = (slot + 1) & (capacity - 1);
                }

                slots[slot] = entry;
            }
        }

        Dispose();
        _rented = larger;
        _slots = slots;
    }

    /// <summary>A key: whose it is (from 1), its hash and where its token stands.</summary>
    internal readonly record struct Entry(int Owner, int Hash, int Start, int Length, bool Escaped);
}
