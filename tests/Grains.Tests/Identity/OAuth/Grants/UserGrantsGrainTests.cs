using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Identity.Users;
using Smcp.Reminders;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>The list of a user's grants, over grants that say what a test wants.</summary>
public sealed class UserGrantsGrainTests : IAsyncLifetime
{
    private const string Resource = "https://smcp.example/t/default/s/notes/mcp";

    private static readonly ClientId App = ClientId.Parse("app");
    private static readonly ClientId Other = ClientId.Parse("other");
    private static readonly UserKey User = new(TenantId.Default, UserId.Parse("0123456789abcdef012345"));

    private readonly InMemoryGrainStorage _states = new();
    private readonly ConcurrentDictionary<string, FakeGrant> _grants = new();
    private ServiceProvider _services = null!;

    private IUserGrantsGrain List =>
        _services.GetRequiredService<IGrainLocator>().Locate<IUserGrantsGrain>(User.ToString());

    public async Task InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEmbeddedEngine();
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        services.AddSingleton<IGrainStorage>(_states);
        services.AddSingleton<ILogStorage>(new InMemoryLogStorage());
        services.AddSingleton<IReminderStore>(new InMemoryReminderStore());
        services.AddAccess();
        services.AddGrain<IUserGrantsGrain, UserGrantsGrain>();
        services.AddSingleton(new GrainRegistration(typeof(IGrantGrain), (_, grant) => _grants[grant.Key]));
        services.Configure<GrantOptions>(options => options.GrantsOfUserMax = 3);
        _services = services.BuildServiceProvider();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Grant_IsFound_ByItsClientResourceAndScopes()
    {
        await GrantAsync(App);

        Assert.True(await List.HasAsync(App, Resource, ["mcp:read"], default));
        Assert.True(await List.HasAsync(App, Resource, ["mcp:tools", McpScopes.OfflineAccess], default));
        Assert.False(await List.HasAsync(App, Resource, ["mcp:admin"], default));
        Assert.False(await List.HasAsync(App, Resource + "/", ["mcp:read"], default));
        Assert.False(await List.HasAsync(Other, Resource, ["mcp:read"], default));
    }

    [Fact]
    public async Task Grant_IsNotFound_OnceItIsOver()
    {
        var grant = await GrantAsync(App);
        grant.IsOver = true;

        Assert.False(await List.HasAsync(App, Resource, ["mcp:read"], default));
    }

    [Fact]
    public async Task Grant_IsNotAsked_WhenItIsOfAnotherClient()
    {
        var mine = await GrantAsync(App);
        var others = await GrantAsync(Other);

        Assert.True(await List.HasAsync(App, Resource, ["mcp:read"], default));

        Assert.Equal((1, 0), (mine.Asked, others.Asked));
    }

    [Fact]
    public async Task Grant_IsFound_WhenItWasListedBeforeItsClientWas()
    {
        var mine = Grant(App);
        var theirs = Grant(Other);
        await _states.WriteAsync(
            new StateAddress("user-grants", User.ToString(), "grants"),
            Encoding.UTF8.GetBytes($$"""{"grants":["{{mine.Id}}","{{theirs.Id}}"]}"""),
            0,
            default);
        var later = await GrantAsync(Other);

        Assert.True(await List.HasAsync(App, Resource, ["mcp:read"], default));
        Assert.True(await List.HasAsync(Other, Resource, ["mcp:read"], default));
        await GrantAsync(Other);
        Assert.Equal((true, false, false), (mine.IsEnded, theirs.IsEnded, later.IsEnded));
    }

    private FakeGrant Grant(ClientId client)
    {
        var id = GrantId.Random();
        return _grants[new GrantKey(TenantId.Default, id).ToString()] = new FakeGrant(id, client);
    }

    private async Task<FakeGrant> GrantAsync(ClientId client)
    {
        var grant = Grant(client);
        await List.AddAsync(grant.Id, client, default);
        return grant;
    }

    private sealed class FakeGrant(GrantId id, ClientId client) : IGrantGrain
    {
        public GrantId Id => id;

        public int Asked { get; private set; }

        public bool IsOver { get; set; }

        public bool IsEnded { get; private set; }

        public ValueTask<GrantSummary?> SummarizeAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(IsOver
                ? null
                : new GrantSummary { Id = id, Client = client, Resource = Resource, Scopes = ["mcp:tools"] });
        }

        public Task EndAsync(string cause, CancellationToken cancellationToken)
        {
            IsEnded = IsOver = true;
            return Task.CompletedTask;
        }

        public Task<CodeIssue> AuthorizeAsync(
            CallContext context, GrantRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TokenOutcome> RedeemAsync(CodeRedemption redemption, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TokenOutcome> RefreshAsync(RefreshRedemption redemption, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TokenOutcome> IssueAsync(ClientTokenRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task RevokeTokenAsync(TokenRevocation revocation, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<CredentialLookup> DescribeAsync(string accessTokenId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
