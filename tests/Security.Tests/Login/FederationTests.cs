using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity.Federation;
using Smcp.Network.Egress;
using Smcp.OAuth.Authorize;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Login;

/// <summary>Log-in by a tenant's own provider, which the test plays.</summary>
public sealed class FederationTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task AS55_ProvidersUser_ComesToConsent(string algorithm)
    {
        await using var run = await Run.StartAsync();
        run.Provider.Algorithm = algorithm;

        var entered = await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()));

        Assert.StartsWith("/authorize?", entered.Location, StringComparison.Ordinal);
        var consent = await run.Person.OpenAsync(entered.Location!);
        Assert.Contains("Carol", consent.Text, StringComparison.Ordinal);
        Assert.NotEmpty((await run.Person.AllowAsync(consent)).Sent["code"]);
    }

    [Fact]
    public async Task AS55_State_IsGoodForOneReturnOfOneBrowser()
    {
        await using var run = await Run.StartAsync();
        var back = run.Provider.Approve(await run.LeaveAsync());
        using var stranger = new Person(run.Site.Host);

        (await stranger.OpenAsync(back)).IsRefused();
        Assert.NotNull((await run.Person.OpenAsync(back)).Location);
        (await run.Person.OpenAsync(back)).IsRefused();
    }

    [Fact]
    public async Task AS55_State_IsVoidAfterTenMinutes()
    {
        await using var run = await Run.StartAsync();
        var back = run.Provider.Approve(await run.LeaveAsync());

        run.Site.Host.Clock.Advance(TimeSpan.FromMinutes(10));

        (await run.Person.OpenAsync(back)).IsRefused();
    }

    [Theory]
    [InlineData("nonce", "another")]
    [InlineData("aud", "another client")]
    [InlineData("iss", "https://another.example")]
    [InlineData("azp", "another client")]
    [InlineData("sub", "")]
    public async Task Token_IsRefused_WhenAClaimIsWrong(string claim, string value)
    {
        await using var run = await Run.StartAsync();
        run.Provider.Claims = claims => claims[claim] = value;

        (await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()))).IsRefused();
    }

    [Theory]
    [InlineData(-61)]
    [InlineData(-3600)]
    public async Task Token_IsRefused_WhenItIsOver(int seconds)
    {
        await using var run = await Run.StartAsync();
        var expiry = run.Site.Host.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();
        run.Provider.Claims = claims => claims["exp"] = expiry;

        (await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()))).IsRefused();
    }

    [Fact]
    public async Task Token_IsTakenWithoutItsOddName_WhenItEndsWithTime()
    {
        await using var run = await Run.StartAsync();
        run.Provider.Claims = claims => (claims["exp"], claims["name"]) = (253_402_300_799, "Ca\u202erol");

        var entered = await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()));

        var consent = await run.Person.OpenAsync(entered.Location!);
        Assert.Contains("carol@corp.example", consent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', WebUtility.HtmlDecode(consent.Text));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task Token_IsRefused_OfAnotherAlgorithm(string algorithm)
    {
        await using var run = await Run.StartAsync();
        run.Provider.Algorithm = algorithm;

        (await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()))).IsRefused();
    }

    [Fact]
    public async Task Token_IsRefused_WhenItWasChanged()
    {
        await using var run = await Run.StartAsync();
        run.Provider.Token = token => token[..^4] + "AAAA";

        (await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()))).IsRefused();
    }

    [Theory]
    [InlineData("&iss=", "&iss=https%3A%2F%2Fother.example&was=")]
    [InlineData("&iss=", "&was=")]
    [InlineData("code=", "error=access_denied&was=")]
    public async Task Return_IsRefused_WhenItsAnswerIsWrong(string part, string instead)
    {
        await using var run = await Run.StartAsync();
        var back = run.Provider.Approve(await run.LeaveAsync());

        (await run.Person.OpenAsync(back.Replace(part, instead, StringComparison.Ordinal))).IsRefused();
    }

    [Fact]
    public async Task Roles_ComeFromTheMappedClaim()
    {
        await using var run = await Run.StartAsync();
        await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()));

        var users = await run.Site.Host.Grains.Locate<Identity.Users.IUserDirectoryGrain>("default").ListAsync(
            SecurityHost.ContextOf("user:root", "admin.*:*"), null, 10, default);

        var carol = Assert.Single(users.Users, user => user.IsFederated);
        Assert.Equal("carol@corp.example", carol.LoginName.ToString());
        Assert.Equal(["mcp-user"], carol.Roles);
    }

    [Theory]
    [InlineData("carol@other.example", true)]
    [InlineData("carol@corp.example", false)]
    [InlineData("carol@corp.example.evil.example", true)]
    public async Task User_IsRefused_WhoseDomainIsNotAllowedOrNotVerified(string email, bool isVerified)
    {
        await using var run = await Run.StartAsync();
        run.Provider.Claims = claims => (claims["email"], claims["email_verified"]) = (email, isVerified);

        (await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()))).IsRefused();
    }

    [Fact]
    public async Task Account_IsNotTakenOver_ByTheSameName()
    {
        await using var run = await Run.StartAsync();
        await run.Site.Host.JoinAsync("carol@corp.example", "admin");

        (await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()))).IsRefused();
    }

    [Fact]
    public async Task Account_IsTheSame_WhenTheNameChanged()
    {
        await using var run = await Run.StartAsync();
        await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()));
        await run.Person.SubmitAsync(await run.Person.OpenAsync("/logout"));
        run.Provider.Claims = claims => claims["email"] = "carol.new@corp.example";

        var entered = await run.Person.OpenAsync(run.Provider.Approve(await run.LeaveAsync()));

        Assert.StartsWith("/authorize?", entered.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_IsNotAsked_WhenItIsInsideOurNetwork()
    {
        await using var run = await Run.StartAsync(isAllowed: false);

        var page = await run.Person.SubmitAsync(await run.Person.OpenAsync(run.Site.Ask()));

        page.IsRefused();
        Assert.Equal(0, run.Provider.Requests);
    }

    [Theory]
    [InlineData(null, "junk", 403)]
    [InlineData(null, "client_id=nobody", 400)]
    [InlineData("app.example", "evil.example", 400)]
    [InlineData("default", "another", 403)]
    [InlineData("mcp%3Atools", "mcp%3Atools%20LONG", 400)]
    public async Task Request_IsNotKept_UnlessItIsAnApps(string? part, string instead, int status)
    {
        await using var run = await Run.StartAsync();
        var page = await run.Person.OpenAsync(run.Site.Ask());
        var request = page.Hidden.Single(field => field.Key == "request").Value;
        var other = (part is null ? instead : request.Replace(part, instead, StringComparison.Ordinal))
            .Replace("LONG", new string('a', 4096), StringComparison.Ordinal);

        var left = await run.Person.PostAsync(
            page.Action,
            page.Hidden.Where(field => field.Key != "request").Append(KeyValuePair.Create("request", other)));

        left.IsRefused((HttpStatusCode)status);
    }

    [Fact]
    public async Task Address_Waits_WhenItBeganTooManyLogIns()
    {
        await using var run = await Run.StartAsync(settings: ("Smcp:Gateway:Login:AddressStartsMax", "2"));
        await run.LeaveAsync();
        await run.LeaveAsync();

        var third = await run.Person.SubmitAsync(await run.Person.OpenAsync(run.Site.Ask()));

        third.IsRefused(HttpStatusCode.TooManyRequests);
        run.Site.Host.Clock.Advance(TimeSpan.FromMinutes(15));
        await run.LeaveAsync();
    }

    private sealed class Run : IAsyncDisposable
    {
        private Run(FakeProvider provider, AuthorizeSite site) => (Provider, Site) = (provider, site);

        public FakeProvider Provider { get; }

        public AuthorizeSite Site { get; }

        public Person Person { get; private set; } = null!;

        public static async Task<Run> StartAsync(
            bool isAllowed = true, params (string Key, string Value)[] settings)
        {
            var provider = await FakeProvider.StartAsync();
            var configuration = new TenantConfiguration
            {
                Federation = new TenantFederation
                {
                    Issuer = provider.Issuer,
                    ClientId = FakeProvider.ClientId,
                    DisplayName = "Corp",
                    EmailDomains = ["corp.example"],
                    RoleMap = new Dictionary<string, string> { ["engineers"] = "mcp-user" },
                },
            };
            var site = await AuthorizeSite.StartAsync(services =>
            {
                services.Remove(services.Single(
                    service => service.ImplementationInstance is GrainRegistration { Interface: var grain }
                        && grain == typeof(ITenantGrain)));
                services.AddSingleton(new GrainRegistration(
                    typeof(ITenantGrain), (_, _) => new FakeTenant(() => new TenantSnapshot
                    {
                        Status = TenantStatus.Active,
                        Version = 1,
                        Configuration = configuration,
                    })));
                services.Configure<EgressOptions>(egress =>
                {
                    egress.AuthoritiesFile = provider.AuthorityFile;
                    if (isAllowed)
                    {
                        egress.AllowedNetworks.Add("127.0.0.0/8");
                    }
                });
            }, settings);
            provider.Time = site.Host.Clock;
            await site.Host.Grains.Locate<IFederationGrain>("default").SetSecretAsync(
                SecurityHost.ContextOf("user:root", "admin.*:*"), FakeProvider.Secret, default);
            return new Run(provider, site) { Person = new Person(site.Host) };
        }

        /// <summary>Opens the app's request and presses the organization's button: where that leads.</summary>
        public async Task<string> LeaveAsync()
        {
            var page = await Person.OpenAsync(Site.Ask());
            Assert.Contains("Continue with Corp", page.Text, StringComparison.Ordinal);
            var left = await Person.SubmitAsync(page);
            Assert.Equal(HttpStatusCode.SeeOther, left.Status);
            return left.Location!;
        }

        public async ValueTask DisposeAsync()
        {
            Person.Dispose();
            await Site.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
