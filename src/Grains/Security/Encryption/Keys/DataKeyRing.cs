using Smcp.Wire;

namespace Smcp.Security.Encryption.Keys;

/// <summary>The data keys of one owner, newest first: the first writes, all open.</summary>
[Wire("data-key-ring", 1)]
internal sealed record DataKeyRing
{
    /// <summary>Grows when an owner whose keys were destroyed is given new ones.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>The id given last; the next is one more, over generations too.</summary>
    public int LastId { get; init; }

    /// <summary>The keys were destroyed: what they encrypted is lost, and nothing new is written.</summary>
    public bool IsDestroyed { get; init; }

    public IReadOnlyList<WrappedDataKey> Keys { get; init; } = [];

    /// <summary>The ring with a new key that writes from now on.</summary>
    public DataKeyRing With(WrappedDataKey key) => this with
    {
        LastId = key.Id,
        Keys =
        [
            key,
            .. Keys.Select((held, at) => at == 0 ? held with { RetiredAt = key.CreatedAt } : held),
        ],
    };

    public DataKeyRing Replace(WrappedDataKey key) =>
        this with { Keys = [.. Keys.Select(held => held.Id == key.Id ? key : held)] };
}
