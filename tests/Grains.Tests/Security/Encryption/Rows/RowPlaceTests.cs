using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

public sealed class RowPlaceTests
{
    private static readonly string[] Parts =
    [
        "a", "b", "ab", "a/b", "b/a", "acme", "acme/b", "platform", "tenant", "tenant/a", "audit", "\u0001",
        "a\u0001b",
    ];

    [Fact]
    public void TwoPlaces_NeverHaveTheSameBytes()
    {
        var seen = new Dictionary<string, string>();
        var addresses =
            from type in Parts
            from key in Parts
            from name in Parts
            select RowPlace.Of(new StateAddress(type, key, name));
        foreach (var place in addresses.Concat(Parts.Select(RowPlace.OfLog)))
        {
            Assert.True(seen.TryAdd(Convert.ToHexString(place.Bytes), place.ToString()), place.ToString());
        }

        Assert.Equal(seen.Count, seen.Keys.Distinct().Count());
    }

    /// <summary>As docs/storage.md says: what other versions of the program wrote is bound to these bytes.</summary>
    [Fact]
    public void Place_HasItsBytes()
    {
        var state = RowPlace.Of(new StateAddress("t", "acme/k", "n"));
        var log = RowPlace.OfLog("l/acme");

        Assert.Equal(
            "01" + "0000000B" + Hex("tenant/acme") + "00000001" + Hex("t") + "00000006" + Hex("acme/k")
            + "00000001" + Hex("n"),
            Convert.ToHexString(state.Bytes));
        Assert.Equal(
            "02" + "0000000B" + Hex("tenant/acme") + "00000006" + Hex("l/acme"), Convert.ToHexString(log.Bytes));
        Assert.Equal(
            Convert.ToHexString(SHA256.HashData(state.Bytes).AsSpan(0, 16)), state.Id.ToString("X32", null));
        Assert.Equal("log l/acme", log.ToString());
        Assert.Equal(new StateAddress("t", "acme/k", "n").ToString(), state.ToString());
        Assert.Equal((new KeyOwner("acme"), new KeyOwner("acme")), (state.Owner, log.Owner));

        static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Made here: an attribute would keep half a pair as U+FFFD.</summary>
    [Fact]
    public void Place_IsRefused_WhenItsNameIsNoText()
    {
        foreach (var name in new[] { "a" + (char)0xd800, ((char)0xdc00).ToString() })
        {
            Assert.ThrowsAny<ArgumentException>(
                () => RowPlace.Of(new StateAddress("server-state", "acme/a/shared", name)));
            Assert.ThrowsAny<ArgumentException>(() => RowPlace.OfLog($"session/acme/{name}"));
        }
    }

    [Fact]
    public void TwoOwners_NeverShareTheirKeys()
    {
        KeyOwner[] owners =
            [KeyOwner.Platform, .. Parts.Select(id => new KeyOwner(id)), new("changes"), new("tenant/platform")];

        Assert.Distinct(owners.Select(DataKeyAddress.Ring));
        Assert.Distinct(owners.Select(DataKeyAddress.Index));
        Assert.All(owners, owner => Assert.Equal(owner, DataKeyAddress.OwnerAt(DataKeyAddress.Ring(owner))));
        Assert.DoesNotContain(DataKeyAddress.Changes, owners.Select(DataKeyAddress.Ring));
    }
}
