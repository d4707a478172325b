using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Identity;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Samples.Notes;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Masters;
using Smcp.Security.Encryption.Rows;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Threats;

/// <summary>
/// The threats of the group Data, by somebody who has the disk: reads it, and writes there what stood there before or
/// elsewhere.
/// </summary>
internal static class DataThreats
{
    private const string Canary = "canary-c0ffee-that-nobody-may-read";

    private static readonly StateAddress Acme = new("server-state", "acme/notes/shared", "notes");
    private static readonly StateAddress AcmeOther = new("server-state", "acme/notes/shared", "other");
    private static readonly StateAddress Evil = new("server-state", "evil/notes/shared", "notes");

    public static IReadOnlyList<Threat> All { get; } =
    [
        new("a planted canary in clear in the store", nameof(RowCipher), InClear(), FindCanaryAsync),
        new("ciphertext moved to another tenant", nameof(RowPlace), InClear(),
            removal => MoveAsync(removal, Evil)),
        new("ciphertext moved to another row of the tenant", nameof(RowPlace), InClear(),
            removal => MoveAsync(removal, AcmeOther)),
        new("a record moved to another tenant's log", nameof(RowPlace), InClear(), MoveRecordAsync),
        new("rollback of a row", nameof(RowIndex), InClear(), RollBackAsync),
        new("a row that was removed, put back", nameof(RowIndex), InClear(), ResurrectAsync),
        new("a deleted tenant's rows, kept by somebody", nameof(KeyDestruction), InClear(), OutliveAsync),
    ];

    /// <summary>The store as it is beneath: nothing encrypts, binds or counts.</summary>
    private static Removal InClear() => new()
    {
        Configure = services =>
        {
            services.RemoveAll<IGrainStorage>();
            services.RemoveAll<ILogStorage>();
            services.AddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(RawStorage.Key));
            services.AddSingleton(provider => provider.GetRequiredKeyedService<ILogStorage>(RawStorage.Key));
        },
    };

    /// <summary>A note is written by a tool; the disk is searched for it.</summary>
    private static async Task<bool> FindCanaryAsync(Removal removal)
    {
        await using var disk = await StartAsync(removal);
        var key = await ResourceServerHost.KeyAsync(disk.Host, "mcp-user", McpScopes.Tools);
        var caller = McpCaller.Of(disk.Host, "2026-07-28", key);
        var written = await caller.CallAsync(
            "tools/call", """{"name":"add_note","arguments":{"title":"a","text":"CANARY"}}"""
                .Replace("CANARY", Canary, StringComparison.Ordinal));
        Assert.Contains(Canary, written.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(disk.Raw.States);
        return disk.Raw.States.Values.Any(state => Holds(state.Payload))
            || disk.RawLogs.Names.SelectMany(disk.RawLogs.RecordsOf).Any(record => Holds(record.Payload));
    }

    private static async Task<bool> MoveAsync(Removal removal, StateAddress to)
    {
        await using var disk = await StartAsync(removal);
        await disk.States.WriteAsync(Acme, Bytes(Canary), 0, default);
        await disk.States.WriteAsync(to, Bytes("its own"), 0, default);
        disk.Raw.Put(to, disk.Raw.States[Acme]);
        return await ReadsAsync(disk, to, Canary);
    }

    private static async Task<bool> MoveRecordAsync(Removal removal)
    {
        await using var disk = await StartAsync(removal);
        var logs = disk.Host.Services.GetRequiredService<ILogStorage>();
        await logs.AppendAsync("session/acme/notes/1", 1, [Bytes(Canary)], default);
        await logs.AppendAsync("session/evil/notes/1", 1, [Bytes("its own")], default);
        disk.RawLogs.Put("session/evil/notes/1", disk.RawLogs.RecordsOf("session/acme/notes/1"));
        try
        {
            var read = await logs.ReadAsync("session/evil/notes/1", 0, 10, default);
            return read.Any(record => Holds(record.Payload));
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private static async Task<bool> RollBackAsync(Removal removal)
    {
        await using var disk = await StartAsync(removal);
        await disk.States.WriteAsync(Acme, Bytes(Canary), 0, default);
        var earlier = disk.Raw.States[Acme];
        await disk.States.WriteAsync(Acme, Bytes("now"), 1, default);
        disk.Raw.Put(Acme, earlier);
        return await ReadsAsync(disk, Acme, Canary);
    }

    private static async Task<bool> ResurrectAsync(Removal removal)
    {
        await using var disk = await StartAsync(removal);
        await disk.States.WriteAsync(Acme, Bytes(Canary), 0, default);
        var earlier = disk.Raw.States[Acme];
        await disk.States.ClearAsync(Acme, 1, default);
        disk.Raw.Put(Acme, earlier);
        return await ReadsAsync(disk, Acme, Canary);
    }

    private static async Task<bool> OutliveAsync(Removal removal)
    {
        await using var disk = await StartAsync(removal);
        await disk.States.WriteAsync(Acme, Bytes(Canary), 0, default);
        var kept = disk.Raw.States[Acme];
        await disk.Host.Services.GetRequiredService<IKeyAdministration>()
            .DestroyTenantKeysAsync(TenantId.Parse("acme"), default);
        await disk.Host.Services.GetRequiredService<IKeyAdministration>()
            .ProvisionTenantAsync(TenantId.Parse("acme"), default);
        disk.Raw.Put(Acme, kept);
        return await ReadsAsync(disk, Acme, Canary);
    }

    /// <summary>What a grain that begins anew would read there.</summary>
    private static async Task<bool> ReadsAsync(Disk disk, StateAddress address, string text)
    {
        try
        {
            var read = await disk.Host.Services.GetRequiredService<IGrainStorage>().ReadAsync(address, default);
            return read is not null && Encoding.UTF8.GetString(read.Payload.Span) == text;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private static bool Holds(ReadOnlyMemory<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload.Span);
        return text.Contains(Canary, StringComparison.Ordinal)
            || text.Contains(Convert.ToBase64String(Bytes(Canary))[..24], StringComparison.Ordinal);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<Disk> StartAsync(Removal removal)
    {
        var states = new InMemoryGrainStorage();
        var logs = new InMemoryLogStorage();
        var host = await removal.StartAsync(services =>
        {
            services.RemoveAll<IGrainStorage>();
            services.RemoveAll<ILogStorage>();
            services.AddKeyedSingleton<IGrainStorage>(RawStorage.Key, states);
            services.AddKeyedSingleton<ILogStorage>(RawStorage.Key, logs);
            services.AddKeyedSingleton<IStorageInventory>(RawStorage.Key, new InMemoryInventory(states, logs));
            services.AddSingleton<IMasterKeys>(new MasterKeysInMemory());
            services.Configure<EncryptionOptions>(options => options.MasterKeyFile = "none");
            services.AddStorageEncryption();
            services.AddCSharpServers(typeof(NotesServer).Assembly);
        });
        return new Disk(host, states, logs);
    }

    /// <summary>A product, and what lies on its disk.</summary>
    private sealed record Disk(SecurityHost Host, InMemoryGrainStorage Raw, InMemoryLogStorage RawLogs)
        : IAsyncDisposable
    {
        public IGrainStorage States { get; } = Host.Services.GetRequiredService<IGrainStorage>();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private sealed class MasterKeysInMemory : IMasterKeys
    {
        private readonly List<MasterKey> _keys = [];

        public string Place => "memory";

        public IReadOnlyList<MasterKey> Load() => [.. _keys.OrderByDescending(key => key.Version)];

        public void Add(MasterKey key) => _keys.Add(key);
    }
}
