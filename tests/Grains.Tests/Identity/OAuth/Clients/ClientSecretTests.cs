using System.Buffers.Text;

namespace Smcp.Identity.OAuth.Clients;

public sealed class ClientSecretTests
{
    /// <summary>Scanners for leaked secrets know it by its beginning.</summary>
    [Fact]
    public void Secret_Has256Bits_BehindItsMark()
    {
        var secret = ClientSecret.Create();

        Assert.StartsWith("smcps.", secret, StringComparison.Ordinal);
        Assert.Equal(32, Base64Url.DecodeFromChars(secret.AsSpan("smcps.".Length)).Length);
        Assert.NotEqual(secret, ClientSecret.Create());
    }
}
