using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Reminders;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>
/// The whole product in this process: the gateway on a real web server and a free port of loopback, every grain, the
/// embedded engine, stores in memory, and a clock that the test drives. Tests speak HTTP to it, as anybody would.
/// </summary>
internal sealed class SecurityHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SecurityHost(WebApplication app, ManualTimeProvider clock, InMemoryGrainStorage states)
    {
        _app = app;
        Clock = clock;
        States = states;
        Url = new Uri(app.Urls.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Url,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public ManualTimeProvider Clock { get; }

    /// <summary>What is stored.</summary>
    public InMemoryGrainStorage States { get; }

    public Uri Url { get; }

    /// <summary>The issuer, as a text: the address without a slash.</summary>
    public string Issuer => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public IGrainLocator Grains => _app.Services.GetRequiredService<IGrainLocator>();

    public IServiceProvider Services => _app.Services;

    /// <param name="configure">What the test has otherwise than the product.</param>
    /// <param name="settings">Settings by their whole names.</param>
    public static async Task<SecurityHost> StartAsync(
        Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var clock = new ManualTimeProvider();
        var states = new InMemoryGrainStorage();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        builder.Configuration["Smcp:Passwords:Iterations"] ??= "10000";
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IGrainStorage>(states);
        builder.Services.AddSingleton<ILogStorage>(new InMemoryLogStorage());
        builder.Services.AddSingleton<IReminderStore>(new InMemoryReminderStore());
        builder.Services
            .AddGateway(builder.Configuration)
            .AddTenants()
            .AddUsers()
            .AddOAuth()
            .AddSessions()
            .AddServers()
            .AddEmbeddedEngine();
        configure?.Invoke(builder.Services);
        builder.Services.TryAddSingleton<IServerCatalog, NoServers>();
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new SecurityHost(app, clock, states);
    }

    /// <summary>The terms of a call that the test makes to a grain itself.</summary>
    public static CallContext ContextOf(string principal, params string[] permissions) => new()
    {
        Tenant = TenantId.Default,
        Principal = PrincipalId.Parse(principal),
        Scopes = [McpScopes.Admin],
        Permissions = permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };

    /// <summary>The resource of a server of the default tenant.</summary>
    public string ResourceOf(string server) => $"{Issuer}/t/default/s/{server}/mcp";

    /// <summary>A user of the default tenant who may log in.</summary>
    public async Task<UserId> JoinAsync(string name, params string[] roles)
    {
        var invited = await Grains.Locate<IUserDirectoryGrain>("default").InviteAsync(
            ContextOf("user:root", "mcp.*:*", "admin.*:*"),
            new UserInvitation { LoginName = LoginName.Parse(name), Roles = roles },
            default);
        Assert.Null(invited.Fault);
        var joined = await User(invited.User!.Id).AcceptInvitationAsync(
            new PasswordChange { Proof = invited.Token!.Split('.')[1], Password = Password }, default);
        Assert.Null(joined.Fault);
        return invited.User.Id;
    }

    public const string Password = "four unrelated words";

    public IUserGrain User(UserId user) => Grains.Locate<IUserGrain>(new UserKey(TenantId.Default, user).ToString());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class NoServers : IServerCatalog
    {
        public IReadOnlyCollection<ServerDefinition> Servers => [];

        public ServerDefinition? Find(ServerId id) => null;
    }
}
