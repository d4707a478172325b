using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity.Users;
using Smcp.OAuth.Authorize;
using Smcp.Remote;
using Smcp.Runtimes.Remote;
using Smcp.Security.Audit;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp.Connections;

/// <summary>The product with one server elsewhere that wants tokens, and a user who connects an account.</summary>
internal sealed class ConnectionSite : IAsyncDisposable
{
    private ConnectionSite(SecurityHost host, FakeIssuer issuer, RemoteAuth auth, RecordedAudit audit)
    {
        (Host, Issuer, Audit) = (host, issuer, audit);
        Terms = new ConnectionTerms { Endpoint = issuer.Endpoint, Auth = auth };
        Alice = new Person(host);
    }

    public SecurityHost Host { get; }

    public FakeIssuer Issuer { get; }

    public RecordedAudit Audit { get; }

    public ConnectionTerms Terms { get; }

    public UserId AliceId { get; private set; }

    /// <summary>Alice's browser.</summary>
    public Person Alice { get; }

    /// <summary>The page where Alice connects.</summary>
    public string Link => LinkOf(AliceId.Principal.ToString());

    /// <summary>The network that an operator allowed to us is none to what a server elsewhere names.</summary>
    public static async Task<ConnectionSite> StartAsync(RemoteAuthKind kind = RemoteAuthKind.User)
    {
        var issuer = await FakeIssuer.StartAsync();
        var audit = new RecordedAudit();
        var auth = kind == RemoteAuthKind.Client
            ? new RemoteAuth { Kind = kind, Issuer = issuer.Url, ClientId = "ours", ClientSecret = "THEIRS" }
            : new RemoteAuth { Kind = kind };
        var settings = new RemoteSettings { Url = issuer.Endpoint, Auth = auth };
        var host = await SecurityHost.StartAsync(
            services => services
                .AddRemoteServers()
                .AddSingleton<IAuditTrail>(audit)
                .AddSingleton<IServerCatalog>(new RemoteCatalog(settings, ServerAccess.Tenant)),
            ("Smcp:Remote:RequireTls", "false"),
            ("Smcp:EgressProxy:InternalPlaces:0", new Uri(issuer.Endpoint).Authority),
            ("Smcp:Egress:AllowedNetworks:0", "127.0.0.0/8"));
        var site = new ConnectionSite(host, issuer, auth, audit);
        site.AliceId = await host.JoinAsync("alice", "mcp-user");
        return site;
    }

    public static string LinkOf(string owner) => $"/connect?tenant=default&server=remote&for={owner}";

    public IConnectionGrain Grain(string owner) =>
        Host.Grains.Locate<IConnectionGrain>($"default/remote/{owner}");

    public IConnectionGrain AlicesGrain() => Grain(AliceId.Principal.ToString());

    public ValueTask<TokenSupply> SupplyAsync(long? refused = null, string? owner = null) =>
        Grain(owner ?? AliceId.Principal.ToString()).SupplyAsync(
            new TokenDemand { Terms = Terms, Refused = refused }, default);

    /// <summary>Logs in at the page of a link, and comes to what it shows then.</summary>
    public static async Task<Seen> ComeAsync(Person person, string link, string name)
    {
        var entered = await person.LogInAsync(await person.OpenAsync(link), name);
        Assert.Equal((HttpStatusCode.SeeOther, link), (entered.Status, Uri.UnescapeDataString(entered.Location!)));
        return await person.OpenAsync(link);
    }

    /// <summary>Alice goes to the authorization server; where she is sent.</summary>
    public async Task<string> LeaveAsync()
    {
        var gone = await Alice.SubmitAsync(await ComeAsync(Alice, Link, "alice"));
        Assert.Equal(HttpStatusCode.SeeOther, gone.Status);
        return gone.Location!;
    }

    /// <summary>Alice connects her account.</summary>
    public async Task ConnectAsync()
    {
        var done = await Alice.OpenAsync(Issuer.Approve(await LeaveAsync()));
        Assert.Contains("is connected", done.Text, StringComparison.Ordinal);
    }

    /// <summary>Another user connects an account of their own.</summary>
    public async Task ConnectAsync(UserId user, string name)
    {
        using var person = new Person(Host);
        var gone = await person.SubmitAsync(await ComeAsync(person, LinkOf(user.Principal.ToString()), name));
        var done = await person.OpenAsync(Issuer.Approve(gone.Location!));
        Assert.Contains("is connected", done.Text, StringComparison.Ordinal);
    }

    /// <summary>The tenant's administrator writes the secret of our client, and grants it to the server.</summary>
    public async Task GrantSecretAsync(string value) => Assert.Null((await Host.Grains
        .Locate<ISecretsGrain>("default").SetAsync(
            SecurityHost.ContextOf("user:root", "admin.*:*"),
            new SecretWrite { Name = "THEIRS", Value = value, Servers = [ServerId.Parse("remote")] },
            default)).Fault);

    public async ValueTask DisposeAsync()
    {
        Alice.Dispose();
        await Host.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
