using Smcp.Security.Encryption.Rows;
using Smcp.TestSupport;

namespace Smcp.Security.Encryption.Keys;

public sealed class HeldKeysTests
{
    private readonly HeldKeys _held = new(ownersMax: 3);

    [Fact]
    public void Owner_IsFound_WhileThereIsRoom()
    {
        Meet("a", "b", "c");

        Assert.Equal(["a", "b", "c"], Owners());
        Assert.Null(_held.Find(new KeyOwner("d")));
    }

    [Fact]
    public void Owner_IsLetGo_WhenItWasNotUsedSinceItsLastTurn()
    {
        Meet("a", "b", "c", "d");
        Assert.Equal(["b", "c", "d"], Owners());

        _held.Find(new KeyOwner("b"));
        Meet("e");

        Assert.Equal(["b", "d", "e"], Owners());
    }

    [Fact]
    public void Owner_HasOnePlace_HoweverOftenItsKeysChange()
    {
        Meet("a", "a", "a", "b", "c");
        var changed = Of("a");
        _held.Set(changed);

        Assert.Same(changed, _held.Find(new KeyOwner("a")));
        Assert.Equal(["a", "b", "c"], Owners());
    }

    [Fact]
    public void Owner_Stays_WhileItsIndexWaitsToBeWritten()
    {
        foreach (var owner in (string[])["a", "b", "c", "d"])
        {
            var keys = Of(owner);
            keys.Index.Note(1, IndexEntry.OfState(1));
            _held.Set(keys);
        }

        Assert.Equal(["a", "b", "c", "d"], Owners());
        Meet("e");
        Meet("f");
        Assert.Equal(["a", "b", "c", "d", "f"], Owners());
    }

    private static OwnerKeys Of(string tenant)
    {
        var owner = new KeyOwner(tenant);
        var source = new OwnerKeySource(owner, (_, _) => ValueTask.CompletedTask);
        var index = new RowIndex(new InMemoryLogStorage(), source, new EncryptionOptions());
        return new OwnerKeys(owner, new DataKeyRing(), [], index, source, 0);
    }

    private void Meet(params string[] owners)
    {
        foreach (var owner in owners)
        {
            _held.Set(Of(owner));
        }
    }

    private List<string?> Owners() => [.. _held.All.Select(keys => keys.Owner.Tenant).Order(StringComparer.Ordinal)];
}
