using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Reminders;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>Who may have keys changed, and that what was begun is carried on.</summary>
public sealed class KeyGrainTests : IAsyncLifetime
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly NotedKeys _keys = new();
    private readonly InMemoryReminderStore _reminders = new();
    private readonly ManualTimeProvider _clock = new();
    private ServiceProvider _services = null!;

    private IKeyGrain Keys => _services.GetRequiredService<IGrainLocator>().Locate<IKeyGrain>(IKeyGrain.Key);

    public async Task InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IGrainStorage>(new InMemoryGrainStorage());
        services.AddSingleton<ILogStorage>(new InMemoryLogStorage());
        services.AddSingleton<IReminderStore>(_reminders);
        services.AddSingleton<IKeyAdministration>(_keys);
        services.AddGrain<IKeyGrain, KeyGrain>().AddEmbeddedEngine();
        _services = services.BuildServiceProvider();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Operator_MayHaveEverythingDone()
    {
        await AskAllAsync(ContextOf("platform", "platform.*:*"));

        Assert.Equal(
            ["status", "describe", "rotate master", "rotate acme", "destroy acme", "provision acme", "deletions",
                "replay"],
            _keys.Asked);
    }

    [Fact]
    public async Task Administrator_MayHaveTheOwnKeysRotated_AndNothingElse()
    {
        var admin = ContextOf("acme", "mcp.*:*", "admin.*:*");

        await Keys.RotateTenantAsync(admin, Acme, default);
        await Keys.DescribeAsync(admin, Acme, default);

        Assert.Equal(["rotate acme", "describe"], _keys.Asked);
        Assert.Equal(6, await CountRefusedAsync(admin));
    }

    [Theory]
    [InlineData("other", "admin.*:*")]
    [InlineData("other", "platform.*:tenants", "admin.*:*")]
    [InlineData("acme", "mcp.*:*")]
    [InlineData("acme", "admin.read:users", "admin.write:users")]
    [InlineData("platform", "platform.*:users")]
    public async Task Nobody_WithoutThePermission_IsLetNearTheKeys(string tenant, params string[] permissions)
    {
        Assert.Equal(8, await CountRefusedAsync(ContextOf(tenant, permissions)));
        Assert.Empty(_keys.Asked);
        Assert.Empty(_reminders.Addresses);
    }

    /// <summary>A credential whose scopes do not cover administration has none of its permissions here.</summary>
    [Fact]
    public async Task Operator_IsRefused_WhenTheCredentialsScopeIsTooSmall() => Assert.Equal(
        8, await CountRefusedAsync(ContextOf("platform", "platform.*:*") with { Scopes = [McpScopes.Tools] }));

    [Fact]
    public async Task Reader_MayLookAndChangeNothing()
    {
        var reader = ContextOf("platform", "platform.read:encryption");

        await Keys.StatusAsync(reader, default);
        await Keys.DescribeAsync(reader, Acme, default);
        await Keys.DeletionsAsync(reader, default);

        Assert.Equal(3, _keys.Asked.Count);
        Assert.Equal(5, await CountRefusedAsync(reader));
    }

    [Fact]
    public async Task Begun_IsCarriedOn_UntilItIsDone()
    {
        _keys.IsDone = false;
        var timerSet = _clock.WaitForTimerAsync(TimeSpan.FromMilliseconds(10));
        await Keys.RotateTenantAsync(ContextOf("acme", "admin.*:*"), Acme, default);
        var reminder = Assert.Single(_reminders.Addresses);
        Assert.Equal(("keys", IKeyGrain.Key, "upkeep"), (reminder.GrainType, reminder.GrainKey, reminder.Name));

        await timerSet;
        await AdvanceUntilAsync(_keys.WhenContinued(), TimeSpan.FromMilliseconds(10));
        Assert.Single(_reminders.Addresses);
        _keys.IsDone = true;
        await AdvanceUntilAsync(_keys.WhenContinued(), TimeSpan.FromMinutes(1));

        await Keys.StatusAsync(ContextOf("platform", "platform.*:*"), default);
        Assert.True(_keys.Continued >= 2);
        Assert.Empty(_reminders.Addresses);
    }

    private async Task AdvanceUntilAsync(Task awaited, TimeSpan step)
    {
        while (!awaited.IsCompleted)
        {
            _clock.Advance(step);
            await Task.Yield();
        }
    }

    private async Task<int> CountRefusedAsync(CallContext context)
    {
        var refused = 0;
        foreach (var ask in Questions(context))
        {
            try
            {
                await ask();
            }
            catch (Exception exception) when (exception.ToString().Contains(
                nameof(UnauthorizedAccessException), StringComparison.Ordinal))
            {
                refused++;
            }
        }

        return refused;
    }

    private async Task AskAllAsync(CallContext context)
    {
        foreach (var ask in Questions(context))
        {
            await ask();
        }
    }

    private List<Func<Task>> Questions(CallContext context) =>
    [
        () => Keys.StatusAsync(context, default).AsTask(),
        () => Keys.DescribeAsync(context, Acme, default).AsTask(),
        () => Keys.RotateMasterAsync(context, default).AsTask(),
        () => Keys.RotateTenantAsync(context, Acme, default).AsTask(),
        () => Keys.DestroyTenantAsync(context, Acme, default).AsTask(),
        () => Keys.ProvisionTenantAsync(context, Acme, default).AsTask(),
        () => Keys.DeletionsAsync(context, default).AsTask(),
        () => Keys.ReplayDeletionsAsync(context, [], default).AsTask(),
    ];

    private static CallContext ContextOf(string tenant, params string[] permissions) => new()
    {
        Tenant = TenantId.Parse(tenant),
        Principal = PrincipalId.Parse("user:root"),
        Scopes = [McpScopes.Admin],
        Permissions = permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };
}
