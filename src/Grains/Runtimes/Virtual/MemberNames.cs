using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>The names of one kind of things: at a member, and here.</summary>
internal sealed class MemberNames(string prefix, NameFilter filter, IReadOnlyList<VirtualItem> items)
{
    private readonly string _prefix = prefix.Length == 0 ? string.Empty : prefix + "_";

    private readonly Dictionary<string, VirtualItem> _byName =
        items.ToDictionary(item => item.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, VirtualItem> _byAlias = items
        .Where(item => item.As is not null)
        .ToDictionary(item => item.As!, StringComparer.Ordinal);

    /// <summary>How much of a name says that it is this member's: the longest wins, and an alias before all.</summary>
    public int Claim(string shown) => _byAlias.ContainsKey(shown) ? int.MaxValue : _prefix.Length;

    /// <summary>What is said of a thing in other words; null: nothing.</summary>
    public VirtualItem? Item(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The name of a member's thing here; null where it is not shown.</summary>
    public string? Show(string name) => filter.Fits(name) ? Item(name)?.As ?? _prefix + name : null;

    /// <summary>The name at the member of what is called this here; null where it has no such thing.</summary>
    public string? Find(string shown)
    {
        if (_byAlias.TryGetValue(shown, out var item))
        {
            return filter.Fits(item.Name) ? item.Name : null;
        }

        if (!shown.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = shown[_prefix.Length..];
        return Show(name) == shown ? name : null;
    }
}
