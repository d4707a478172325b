using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Security.Encryption;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp.Data;

public sealed class KeyValuesTests
{
    [Fact]
    public async Task Value_IsOfOneServerOfOneTenant()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(ValuesOf(host, "acme/notes/shared"), "a", "of notes");
        await SetAsync(ValuesOf(host, "acme/mail/shared"), "a", "of mail");
        await SetAsync(ValuesOf(host, "globex/notes/shared"), "a", "of globex");

        Assert.Equal("of notes", await GetAsync(ValuesOf(host, "acme/notes/session7"), "a"));
        Assert.Equal("of mail", await GetAsync(ValuesOf(host, "acme/mail/shared"), "a"));
        Assert.Equal("of globex", await GetAsync(ValuesOf(host, "globex/notes/shared"), "a"));
        Assert.Null(await GetAsync(ValuesOf(host, "globex/mail/shared"), "a"));
        Assert.Empty((await ValuesOf(host, "globex/mail/shared").ListAsync()).Items);
    }

    [Fact]
    public async Task Value_IsThere_AfterACrash()
    {
        await using var host = await TenantDataHost.StartAsync();
        var version = await SetAsync(ValuesOf(host, "acme/notes/shared"), "a", "first");

        await host.RestartAsync();

        var values = ValuesOf(host, "acme/notes/shared");
        Assert.Equal("first", await GetAsync(values, "a"));
        Assert.Equal(version, (await values.GetAsync("a"))!.Version);
    }

    [Fact]
    public async Task Set_IsRefused_ForAnotherVersion()
    {
        await using var host = await TenantDataHost.StartAsync();
        var values = ValuesOf(host, "acme/notes/shared");
        var first = await values.SetAsync("a", "1"u8.ToArray(), new ServerValueTerms { ExpectedVersion = 0 });
        await Assert.ThrowsAsync<ServerDataConflictException>(
            async () => await values.SetAsync("a", "2"u8.ToArray(), new ServerValueTerms { ExpectedVersion = 0 }));

        var second = await values.SetAsync("a", "2"u8.ToArray(), new ServerValueTerms { ExpectedVersion = first });
        await Assert.ThrowsAsync<ServerDataConflictException>(async () => await values.DeleteAsync("a", first));
        Assert.True(await values.DeleteAsync("a", second));
        Assert.False(await values.DeleteAsync("a"));
        Assert.True(await values.SetAsync("a", "3"u8.ToArray(), new ServerValueTerms { ExpectedVersion = 0 }) > second);
    }

    [Fact]
    public async Task List_IsInOrder_OverItsPages()
    {
        await using var host = await TenantDataHost.StartAsync();
        var values = ValuesOf(host, "acme/notes/shared");
        var keys = Enumerable.Range(0, 40).Select(i => $"item/{i:00}").ToList();
        foreach (var key in keys.AsEnumerable().Reverse())
        {
            await SetAsync(values, key, "x");
        }

        await SetAsync(values, "other", "x");
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = await values.ListAsync("item/", after, 7);
            Assert.InRange(page.Items.Count, 1, 7);
            found.AddRange(page.Items.Select(item => item.Key));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(keys, found);
    }

    [Fact]
    public async Task Value_IsGone_WhenItExpired()
    {
        await using var host = await TenantDataHost.StartAsync();
        var values = ValuesOf(host, "acme/notes/shared");
        await values.SetAsync("a", "1"u8.ToArray(), new ServerValueTerms { ExpiresIn = TimeSpan.FromMinutes(1) });
        Assert.NotNull(await values.GetAsync("a"));

        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await values.GetAsync("a"));
        Assert.Empty((await values.ListAsync()).Items);
        Assert.True(await values.SetAsync("a", "2"u8.ToArray(), new ServerValueTerms { ExpectedVersion = 0 }) > 0);
    }

    [Fact]
    public async Task Metadata_IsGiven_WithTheValueAndInLists()
    {
        await using var host = await TenantDataHost.StartAsync();
        await ValuesOf(host, "acme/notes/shared").SetAsync(
            "a", "1"u8.ToArray(), new ServerValueTerms { Metadata = """{"by":"ann"}""" });

        await host.RestartAsync();

        var values = ValuesOf(host, "acme/notes/shared");
        Assert.Equal("""{"by":"ann"}""", (await values.GetAsync("a"))!.Metadata);
        Assert.Equal("""{"by":"ann"}""", (await values.ListAsync()).Items.Single().Metadata);
        Assert.Equal(14, (await UsageAsync(host, "acme")).Bytes);
        await SetAsync(values, "a", "2");
        Assert.Null((await values.GetAsync("a"))!.Metadata);
    }

    [Fact]
    public async Task Value_ExpiresAtATimeOrInATime_NotBoth()
    {
        await using var host = await TenantDataHost.StartAsync();
        var values = ValuesOf(host, "acme/notes/shared");
        var at = host.Clock.GetUtcNow() + TimeSpan.FromHours(2);

        await values.SetAsync("a", "1"u8.ToArray(), new ServerValueTerms { ExpiresAt = at });

        Assert.Equal(at, (await values.GetAsync("a"))!.ExpiresAt);
        await Assert.ThrowsAsync<ArgumentException>(async () => await values.SetAsync(
            "a", "2"u8.ToArray(), new ServerValueTerms { ExpiresAt = at, ExpiresIn = TimeSpan.FromHours(1) }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await values.SetAsync(
            "a", "2"u8.ToArray(), new ServerValueTerms { ExpiresIn = TimeSpan.Zero }));
    }

    [Fact]
    public async Task Sweep_GivesBackTheRoom_OfWhatExpired()
    {
        await using var host = await TenantDataHost.StartAsync();
        await ValuesOf(host, "acme/notes/shared")
            .SetAsync("a", "1"u8.ToArray(), new ServerValueTerms { ExpiresIn = TimeSpan.FromMinutes(1) });
        Assert.Equal(2, (await UsageAsync(host, "acme")).Bytes);

        // No further: a call that the sweep made before would time out.
        host.Clock.Advance(new ServerDataOptions().SweepPeriod);

        await Wait.UntilAsync(() => host.Reminders.Addresses.Count == 0, "the sweep of what expired");
        Assert.Equal(0, (await UsageAsync(host, "acme")).Bytes);
    }

    [Fact]
    public async Task Usage_IsExact_AndBoundByTheQuota()
    {
        await using var host = await TenantDataHost.StartAsync(
            services => services.AddSingleton(new TenantQuotas { StorageBytes = 100 }));
        var notes = ValuesOf(host, "acme/notes/shared");
        var mail = ValuesOf(host, "acme/mail/shared");
        await SetAsync(notes, "key1", new string('x', 46));
        await SetAsync(mail, "key2", new string('x', 46));

        await Assert.ThrowsAsync<ServerDataQuotaException>(async () => await SetAsync(mail, "k", string.Empty));
        await SetAsync(ValuesOf(host, "globex/mail/shared"), "key2", new string('x', 96));
        var usage = await UsageAsync(host, "acme");
        Assert.Equal((100L, 100L), (usage.Bytes, usage.BytesMax ?? 0));
        Assert.All(usage.Servers, server => Assert.Equal((50L, 0L), (server.ValueBytes, server.ObjectBytes)));
        Assert.Equal(["mail", "notes"], usage.Servers.Select(server => server.Server.ToString()));

        await SetAsync(notes, "key1", "x");
        Assert.Equal(55, (await UsageAsync(host, "acme")).Bytes);
        await SetAsync(mail, "k", string.Empty);
        Assert.True(await mail.DeleteAsync("key2"));
        await host.RestartAsync();
        Assert.Equal(6, (await UsageAsync(host, "acme")).Bytes);
    }

    [Theory]
    [InlineData("acme", "admin.read:data", true)]
    [InlineData("acme", "admin.read:keys", false)]
    [InlineData("globex", "admin.*:*", false)]
    public async Task Usage_IsSaid_ToWhoMayRead(string tenant, string permission, bool isSaid)
    {
        await using var host = await TenantDataHost.StartAsync();

        var usage = await host.Grains.Locate<IStorageUsageGrain>("acme")
            .DescribeAsync(TenantDataHost.Admin(tenant, permission), default);

        Assert.Equal(isSaid, usage.Fault is null);
    }

    [Fact]
    public async Task Set_IsRefused_BeyondTheLimits()
    {
        await using var host = await TenantDataHost.StartAsync(services =>
            services.Configure<ServerDataOptions>(options => options.PartKeysMax = 1));
        var values = ValuesOf(host, "acme/notes/shared");
        var key = DataPartKey.Of(TenantId.Parse("acme"), ServerId.Parse("notes"), "a");
        var neighbour = Enumerable.Range(0, 100).Select(i => $"k{i}")
            .First(k => DataPartKey.Of(key.Tenant, key.Server, k) == key);
        await SetAsync(values, "a", "x");

        await Assert.ThrowsAsync<ServerDataQuotaException>(async () => await SetAsync(values, neighbour, "x"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await SetAsync(values, new string('k', 513), "x"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await SetAsync(values, "half a pair: \ud800", "x"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await values.SetAsync(
            "a", "y"u8.ToArray(), new ServerValueTerms { Metadata = new string('m', 1_025) }));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await SetAsync(values, "a", new string('x', 32_769)));
        Assert.Equal("x", await GetAsync(values, "a"));
    }

    [Fact]
    public async Task Log_IsWrittenAnew_AndKeepsWhatThereIs()
    {
        await using var host = await TenantDataHost.StartAsync(services =>
            services.Configure<ServerDataOptions>(options => options.LogSlack = 1));
        var values = ValuesOf(host, "acme/notes/shared");
        var versions = new Dictionary<string, long>();
        for (var i = 0; i < 400; i++)
        {
            versions[$"k{i % 40}"] = await SetAsync(values, $"k{i % 40}", $"value {i}");
        }

        Assert.True(await values.DeleteAsync("k0"));
        await host.RestartAsync();

        values = ValuesOf(host, "acme/notes/shared");
        Assert.Null(await GetAsync(values, "k0"));
        for (var i = 361; i < 400; i++)
        {
            var found = (await values.GetAsync($"k{i % 40}"))!;
            Assert.Equal($"value {i}", Encoding.UTF8.GetString(found.Value.Span));
            Assert.Equal(versions[$"k{i % 40}"], found.Version);
        }

        var records = host.Stores.Logs.Names.Where(name => name.StartsWith("key-values/", StringComparison.Ordinal))
            .Sum(name => host.Stores.Logs.RecordsOf(name).Count);
        Assert.InRange(records, 39, 39 * 3);
    }

    [Fact]
    public async Task Value_IsInNoRecord_InClear()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(ValuesOf(host, "acme/notes/shared"), "canary-key", "canary-value");

        var stored = string.Join('\n', host.Stores.Logs.Names.SelectMany(host.Stores.Logs.RecordsOf)
            .Select(record => Encoding.Latin1.GetString(record.Payload.Span)));

        Assert.DoesNotContain("canary", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("canary-value"u8), stored, StringComparison.Ordinal);
        Assert.Contains("key-values/acme/notes/", string.Join('\n', host.Stores.Logs.Names), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_IsWhole_WhereverTheProcessDied(bool diesAfter)
    {
        const int WritesMax = 30;
        var deaths = 0;
        for (var diesAt = 1; diesAt <= WritesMax; diesAt++)
        {
            var stores = new MemoryStores();
            var mortal = new MortalStores(stores, diesAt, diesAfter);
            var acknowledged = await LiveAsync(stores, mortal);
            deaths += mortal.IsDead ? 1 : 0;

            await using var host = await TenantDataHost.StartAsync(stores: stores);
            var values = ValuesOf(host, "acme/notes/shared");
            var value = await GetAsync(values, "key");

            // What was acknowledged is there; what was not may be.
            string?[] steps = [null, "one", "three", "two", null];
            Assert.Contains(value, new[] { steps[acknowledged], steps[Math.Min(acknowledged + 1, 4)] });
            Assert.Equal(value is null ? 0 : 1, (await values.ListAsync()).Items.Count);
            Assert.Equal(value is null ? 0 : 3 + value.Length, (await UsageAsync(host, "acme")).Bytes);
        }

        Assert.InRange(deaths, 5, WritesMax - 1);
    }

    /// <summary>Writes, grows, shrinks and removes until the process dies; how many were acknowledged.</summary>
    private static async Task<int> LiveAsync(MemoryStores stores, MortalStores mortal)
    {
        var acknowledged = 0;
        try
        {
            await using var host = await TenantDataHost.StartAsync(stores: stores, mortal: mortal);
            var values = ValuesOf(host, "acme/notes/shared");
            foreach (var value in (string?[])["one", "three", "two", null])
            {
                if (value is null)
                {
                    await values.DeleteAsync("key");
                }
                else
                {
                    await SetAsync(values, "key", value);
                }

                acknowledged++;
            }
        }
        catch (Exception) when (mortal.IsDead)
        {
            // The process died.
        }

        return acknowledged;
    }

    private static IServerKeyValues ValuesOf(TenantDataHost host, string instance) => host.DataOf(instance).KeyValues;

    private static async Task<StorageUsage> UsageAsync(TenantDataHost host, string tenant)
    {
        var usage = await host.Grains.Locate<IStorageUsageGrain>(tenant)
            .DescribeAsync(TenantDataHost.Admin(tenant), default);
        Assert.Null(usage.Fault);
        return usage;
    }

    private static async Task<long> SetAsync(IServerKeyValues values, string key, string value) =>
        await values.SetAsync(key, Encoding.UTF8.GetBytes(value));

    private static async Task<string?> GetAsync(IServerKeyValues values, string key) =>
        await values.GetAsync(key) is { } found ? Encoding.UTF8.GetString(found.Value.Span) : null;
}
