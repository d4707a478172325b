using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Hosting;
using Smcp.Security.Encryption;
using Smcp.Security.Secrets;
using Smcp.Tenants;

namespace Smcp.Data;

/// <summary>Objects as the tests use them: in small pieces.</summary>
internal static class ObjectsSetup
{
    public const int PieceBytes = 1_024;

    public static Task<TenantDataHost> StartAsync(
        long? quota = null,
        Action<ServerDataOptions>? configure = null,
        MemoryStores? stores = null,
        MortalStores? mortal = null) => TenantDataHost.StartAsync(
        services =>
        {
            services.AddSingleton(new TenantQuotas { StorageBytes = quota });
            services.Configure<ServerDataOptions>(options => options.ObjectPieceBytes = PieceBytes);
            services.Configure(configure ?? (_ => { }));
        },
        stores,
        mortal);

    public static IServerObjects ObjectsOf(TenantDataHost host, string instance = "acme/notes/shared") =>
        host.DataOf(instance).Objects;

    public static async Task<StorageUsage> UsageAsync(TenantDataHost host)
    {
        var usage = await host.Grains.Locate<IStorageUsageGrain>("acme")
            .DescribeAsync(TenantDataHost.Admin("acme"), default);
        Assert.Null(usage.Fault);
        return usage;
    }

    /// <summary>There are so many contents in the store, and no more.</summary>
    public static void AssertNoContentBut(TenantDataHost host, int count) => Assert.Equal(
        count, host.Stores.Logs.Names.Count(name => name.StartsWith("object/", StringComparison.Ordinal)));

    public static async Task<ServerObjectInfo> PutAsync(IServerObjects objects, string key, byte[] content) =>
        await objects.PutAsync(key, new MemoryStream(content));

    public static async Task<string?> TextAsync(IServerObjects objects, string key) =>
        await objects.GetAsync(key) is { } found ? Encoding.UTF8.GetString(await ReadAsync(found)) : null;

    public static async Task<byte[]> ReadAsync(ServerObject found)
    {
        using var buffer = new MemoryStream();
        await found.Content!.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
}
