using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Smcp;

/// <summary>
/// A bounded cache that never blocks a reader: two generations, of which the older is dropped when the younger is full.
/// What is asked for stays.
/// </summary>
internal sealed class GenerationCache<TKey, TValue>(int itemsMax)
    where TKey : notnull
{
    private readonly int _generationMax = Math.Max(1, itemsMax / 2);
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (!_young.TryAdd(key, value))
        {
            _young[key] = value;
            return;
        }

        if (Interlocked.Increment(ref _youngCount) >= _generationMax)
        {
            _youngCount = 0;
            _old = _young;
            _young = new ConcurrentDictionary<TKey, TValue>();
        }
    }

    public void Remove(TKey key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }
}
