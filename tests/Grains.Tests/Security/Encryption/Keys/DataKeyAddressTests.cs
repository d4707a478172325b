using System.Text;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

public sealed class DataKeyAddressTests
{
    private static readonly KeyOwner Acme = new("acme");

    [Fact]
    public void Address_IsTheOneOfDocs()
    {
        Assert.Equal(new StateAddress("data-key", "tenant/acme", "ring"), DataKeyAddress.Ring(Acme));
        Assert.Equal(new StateAddress("data-key", "platform", "ring"), DataKeyAddress.Ring(KeyOwner.Platform));
        Assert.Equal(new StateAddress("data-key", "changes", "changes"), DataKeyAddress.Changes);
        Assert.Equal("encryption/index/tenant/acme", DataKeyAddress.Index(Acme));
    }

    [Fact]
    public void Owner_IsKnown_ByTheRingsAddressOnly()
    {
        Assert.Equal(Acme, DataKeyAddress.OwnerAt(DataKeyAddress.Ring(Acme)));
        Assert.Equal(KeyOwner.Platform, DataKeyAddress.OwnerAt(DataKeyAddress.Ring(KeyOwner.Platform)));
        Assert.Null(DataKeyAddress.OwnerAt(DataKeyAddress.Changes));
        Assert.Null(DataKeyAddress.OwnerAt(new StateAddress("data-key", "tenant/acme", "other")));
        Assert.Null(DataKeyAddress.OwnerAt(new StateAddress("other", "tenant/acme", "ring")));
    }

    [Fact]
    public void Context_NamesOwnerAndKey() => Assert.Equal(
        "smcp data key 1|tenant/acme|3", Encoding.UTF8.GetString(DataKeyAddress.Context(Acme, 3)));
}
