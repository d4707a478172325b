namespace Smcp.Storage;

/// <summary>A page of a list that is read in the order of its keys: what comes after one, so many at most.</summary>
internal static class KeyPage
{
    /// <summary>However many are asked for.</summary>
    public const int ItemsMax = 200;

    /// <summary>The items of the page, and the key to go on after; null where nothing is left.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Of<T>(
        IEnumerable<T> ordered, Func<T, string> keyOf, string? after, int countMax)
    {
        var count = Math.Clamp(countMax, 1, ItemsMax);
        var found = ordered
            .Where(item => string.CompareOrdinal(keyOf(item), after) > 0)
            .Take(count + 1)
            .ToList();
        return found.Count > count ? (found[..count], keyOf(found[count - 1])) : (found, null);
    }
}
