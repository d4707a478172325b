using Smcp.Security.Encryption;
using Smcp.Servers;

namespace Smcp.Security.Secrets;

/// <summary>The process dies at each of its writes, before and after it: what it leaves is whole.</summary>
public sealed class SecretRecoveryTests
{
    private const int WritesMax = 24;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Secret_IsWhole_WhereverTheProcessDied(bool diesAfter)
    {
        var deaths = 0;
        for (var diesAt = 1; diesAt <= WritesMax; diesAt++)
        {
            var stores = new MemoryStores();
            var mortal = new MortalStores(stores, diesAt, diesAfter);
            var acknowledged = await LiveAsync(stores, mortal);
            deaths += mortal.IsDead ? 1 : 0;

            await using var host = await TenantDataHost.StartAsync(stores: stores);
            var admin = TenantDataHost.Admin("acme");
            var listed = (await host.Secrets("acme").ListAsync(admin, default)).Secrets;
            var value = await host.SecretsOf("acme/notes/shared").GetAsync("KEY");

            Assert.Contains(value, acknowledged switch
            {
                0 => [null, "first"],
                1 => ["first", "second"],
                2 => ["second", null],
                _ => (string?[])[null],
            });
            Assert.Equal(value is null ? 0 : 1, listed.Count);
            Assert.Equal(value, value is null ? null : listed[0].Version == 1 ? "first" : "second");

            await SecretsGrainTests.SetAsync(host, "acme", "KEY", "third", "notes");
            Assert.Null(await host.Secrets("acme").DeleteAsync(admin, "KEY", default));
            Assert.DoesNotContain(stores.States.States.Keys, address => address.GrainType == "secret");
        }

        Assert.InRange(deaths, 5, WritesMax - 1);
    }

    /// <summary>Writes, rotates and deletes until the process dies; how many of the three were acknowledged.</summary>
    private static async Task<int> LiveAsync(MemoryStores stores, MortalStores mortal)
    {
        var acknowledged = 0;
        try
        {
            await using var host = await TenantDataHost.StartAsync(stores: stores, mortal: mortal);
            var grain = host.Secrets("acme");
            var admin = TenantDataHost.Admin("acme");
            foreach (var value in (string?[])["first", "second", null])
            {
                var fault = value is null
                    ? await grain.DeleteAsync(admin, "KEY", default)
                    : (await grain.SetAsync(
                        admin,
                        new SecretWrite { Name = "KEY", Value = value, Servers = [ServerId.Parse("notes")] },
                        default)).Fault;
                Assert.Null(fault);
                acknowledged++;
            }
        }
        catch (Exception) when (mortal.IsDead)
        {
            // The process died.
        }

        return acknowledged;
    }
}
