using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Reminders;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.Tenants;
using Smcp.TestSupport;
using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>The users of the default tenant, in an engine over stores that outlive it.</summary>
internal sealed class UserHost : IAsyncDisposable
{
    public const string Password = "four unrelated words";

    private readonly InMemoryGrainStorage _states = new();
    private readonly InMemoryLogStorage _logs = new();
    private ServiceProvider _services;

    private UserHost() => _services = Build();

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryReminderStore Reminders { get; } = new();

    public int Iterations { get; set; } = 10_000;

    public IGrainLocator Grains => _services.GetRequiredService<IGrainLocator>();

    public IUserDirectoryGrain Directory => Grains.Locate<IUserDirectoryGrain>("default");

    public static CallContext Admin { get; } = ContextOf("user:root", "mcp.*:*", "admin.*:*");

    public static CallContext ContextOf(string principal, params string[] permissions) => new()
    {
        Tenant = TenantId.Default,
        Principal = PrincipalId.Parse(principal),
        Scopes = [McpScopes.Admin],
        Permissions = permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };

    public static async Task<UserHost> StartAsync()
    {
        var host = new UserHost();
        await host.BeginAsync();
        return host;
    }

    /// <summary>The process ends, and another begins over what it stored.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
        await BeginAsync();
    }

    public IUserGrain User(UserId id) => Grains.Locate<IUserGrain>(new UserKey(TenantId.Default, id).ToString());

    public async Task<InvitationOutcome> InviteAsync(string name, params string[] roles) =>
        await Directory.InviteAsync(
            Admin, new UserInvitation { LoginName = LoginName.Parse(name), Roles = roles }, default);

    /// <summary>A user who accepted their invitation.</summary>
    public async Task<UserId> JoinAsync(string name, params string[] roles)
    {
        var invited = await InviteAsync(name, roles);
        Assert.Null(invited.Fault);
        Assert.Null((await AcceptAsync(invited, Password)).Fault);
        return invited.User!.Id;
    }

    public async Task<LoginOutcome> AcceptAsync(InvitationOutcome invited, string password) =>
        await User(invited.User!.Id).AcceptInvitationAsync(
            new PasswordChange { Proof = invited.Token!.Split('.')[1], Password = password }, default);

    public async Task<LoginOutcome> LoginAsync(
        string name, string password = Password, string address = "192.0.2.1", string? device = null)
    {
        var loginName = LoginName.Parse(name);
        return await Grains.Locate<ILoginGrain>(new LoginKey(TenantId.Default, loginName).ToString()).TryAsync(
            new PasswordAttempt
            {
                LoginName = loginName,
                Password = password,
                Address = address,
                Device = device,
            },
            default);
    }

    /// <summary>What is stored of the user of this name.</summary>
    public UserState StateOf(string name) => _states.States
        .Where(pair => pair.Key is { GrainType: "user", Name: "user" })
        .Select(pair => JsonSerializer.Deserialize<UserState>(pair.Value.Payload.Span, WireJson.Options)!)
        .Single(state => state.Summary!.LoginName.ToString() == name);

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEmbeddedEngine();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IGrainStorage>(_states);
        services.AddSingleton<ILogStorage>(_logs);
        services.AddSingleton<IReminderStore>(Reminders);
        services.AddTenants();
        services.AddUsers().AddOAuth();
        services.AddSingleton<IServerCatalog, NoServers>().AddGrain<IServerListGrain, ServerListGrain>();
        services.Configure<PasswordOptions>(options => options.Iterations = Iterations);
        return services.BuildServiceProvider();
    }

    private async Task BeginAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    private sealed class NoServers : IServerCatalog
    {
        public IReadOnlyCollection<ServerDefinition> Servers => [];

        public ServerDefinition? Find(ServerId id) => null;
    }
}
