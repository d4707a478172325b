using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Reminders;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>A deleted tenant leaves nothing: no row, no log, no reminder, and nothing in memory.</summary>
public sealed class TenantRemovalTests : IAsyncLifetime
{
    /// <summary>The platform's, and what gateways ask of any tenant.</summary>
    private static readonly string[] Stay = ["tenant", "audit", "quota"];

    private CanarySite _site = null!;
    private string _operator = string.Empty;

    private IServiceProvider Services => _site.Host.Services;

    public async Task InitializeAsync()
    {
        _site = await CanarySite.StartAsync();
        _operator = await _site.OperatorKeyAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Deletion_LeavesNothingOfTheTenant_AndTheOthersAlone()
    {
        await LiveAsync("acme");
        var other = await LiveAsync("other");
        Assert.NotEmpty(await RowsAsync("acme"));
        await UntilRemindersStandAsync("acme");
        Assert.NotEmpty(Activations("acme"));

        await _site.AdministerAsync("DELETE", "/tenants/acme", _operator);

        await UntilNothingIsLeftAsync("acme");
        Assert.NotEmpty(await RowsAsync("other"));
        await UntilRemindersStandAsync("other");
        Assert.NotEmpty(Activations("other"));
        await RememberAsync("other", other);
        await _site.AwaitAsync("/tenants/acme/audit?action=user.created", _operator, "user.created");
        await _site.AwaitAsync("/tenants/platform/audit?action=tenant.deleted", _operator, "tenants/acme");
        await _site.AwaitAsync("/tenants/acme/audit?action=tenant.deleted", _operator, "tenants/acme");
    }

    /// <summary>A tenant with users, a server, a session, and something stored; its key and its session.</summary>
    private async Task<(string Key, string Session)> LiveAsync(string tenant)
    {
        await _site.AdministerAsync("POST", "/tenants", _operator, $$"""{"id":"{{tenant}}"}""");
        await _site.AdministerAsync("PUT", $"/tenants/{tenant}/servers/canary", _operator, """{"source":"canary"}""");
        await _site.AdministerAsync(
            "POST", $"/tenants/{tenant}/users", _operator, """{"loginName":"dora","roles":["mcp-user"]}""");
        var key = await _site.KeyAsync(_operator, tenant);
        _site.Tenant = tenant;
        var (body, session) = await _site.SendAsync(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
            "capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            """,
            key);
        Assert.True(session is not null, body);
        await _site.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", key, session);
        await RememberAsync(tenant, (key, session!));
        return (key, session!);
    }

    private async Task RememberAsync(string tenant, (string Key, string Session) caller)
    {
        _site.Tenant = tenant;
        var (body, _) = await _site.SendAsync(
            """
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"remember","arguments":{"text":"kept"} } }
            """,
            caller.Key,
            caller.Session);
        Assert.Contains("kept", body, StringComparison.Ordinal);
    }

    /// <summary>Some are set a moment after what they are for, such as the ledger's at its first report.</summary>
    private async Task UntilRemindersStandAsync(string tenant)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while ((await RemindersAsync(tenant)).Count == 0)
        {
            Assert.False(late.IsCancellationRequested, "No reminder was set.");
            await ticks.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task UntilNothingIsLeftAsync(string tenant)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (true)
        {
            IReadOnlyList<string> left =
                [.. await RowsAsync(tenant), .. await RemindersAsync(tenant), .. Activations(tenant)];
            if (left.Count == 0)
            {
                return;
            }

            Assert.False(late.IsCancellationRequested, string.Join('\n', left));
            await ticks.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<string>> RowsAsync(string tenant)
    {
        var inventory = Services.GetRequiredKeyedService<IStorageInventory>(RawStorage.Key);
        var owner = new KeyOwner(tenant);
        var states = await inventory.ListStatesAsync(string.Empty, null, 10_000, default);
        var logs = await inventory.ListLogsAsync(string.Empty, null, 10_000, default);
        return
        [
            .. states.Where(address => address.GrainType != DataKeyAddress.RingType)
                .Where(address => KeyOwnership.Of(address) == owner)
                .Select(address => $"state {address}"),
            .. logs.Where(log => log == DataKeyAddress.Index(owner) || KeyOwnership.OfLog(log) == owner)
                .Select(log => $"log {log}"),
        ];
    }

    private async Task<IReadOnlyList<string>> RemindersAsync(string tenant) =>
    [
        .. (await Services.GetRequiredService<IReminderStore>().ListBelowAsync(tenant, 10_000, default))
            .Where(address => !Stay.Contains(address.GrainType))
            .Select(address => $"reminder {address}"),
    ];

    private IReadOnlyList<string> Activations(string tenant)
    {
        var engine = Services.GetRequiredService<EmbeddedEngine>();
        return
        [
            .. from registration in Services.GetServices<GrainRegistration>()
               let directory = engine.DirectoryOf(registration.Interface)
               where !Stay.Contains(directory.GrainType)
               from activation in directory.Activations
               where activation.Key == tenant || activation.Key.StartsWith($"{tenant}/", StringComparison.Ordinal)
               select $"activation {activation}",
        ];
    }
}
