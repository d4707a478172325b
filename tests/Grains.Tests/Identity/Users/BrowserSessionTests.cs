namespace Smcp.Identity.Users;

public sealed class BrowserSessionTests
{
    [Fact]
    public async Task Session_IsReadAgain_AfterARestart()
    {
        await using var host = await UserHost.StartAsync();
        var session = await BeginAsync(host, "secret");

        await host.RestartAsync();

        Assert.Equal(session, (await Session(host, "secret").ReadAsync(default))!.Id);
        Assert.Null(await Session(host, "another").ReadAsync(default));
        Assert.Null(await Session(host, "secret", "other").ReadAsync(default));
    }

    [Fact]
    public async Task Session_Ends_WhenItWasIdle()
    {
        await using var host = await UserHost.StartAsync();
        await BeginAsync(host, "secret");
        host.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.NotNull(await Session(host, "secret").ReadAsync(default));
        host.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.NotNull(await Session(host, "secret").ReadAsync(default));

        host.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Null(await Session(host, "secret").ReadAsync(default));
    }

    [Fact]
    public async Task Session_Ends_AtItsAge()
    {
        await using var host = await UserHost.StartAsync();
        await BeginAsync(host, "secret");
        for (var i = 0; i < 23; i++)
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(await Session(host, "secret").ReadAsync(default));
        }

        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await Session(host, "secret").ReadAsync(default));
    }

    [Fact]
    public async Task Session_Ends_WhenItsUserIsDisabled()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await BeginAsync(host, "secret");

        await host.User(alice).SetEnabledAsync(UserHost.Admin, false, default);
        Assert.Null(await Session(host, "secret").ReadAsync(default));
        await host.User(alice).SetEnabledAsync(UserHost.Admin, true, default);

        Assert.Null(await Session(host, "secret").ReadAsync(default));
    }

    [Fact]
    public async Task Sessions_AllEnd_WhenTheUserEndsThem()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await BeginAsync(host, "one");
        await Session(host, "two").BeginAsync(await host.User(alice).StandingAsync(default), default);

        Assert.Null(await host.User(alice).EndSessionsAsync(
            UserHost.ContextOf(alice.Principal.ToString()), default));

        Assert.Null(await Session(host, "one").ReadAsync(default));
        Assert.Null(await Session(host, "two").ReadAsync(default));
    }

    private static async Task<UserId> BeginAsync(UserHost host, string secret)
    {
        var user = await host.JoinAsync("alice");
        await Session(host, secret).BeginAsync(await host.User(user).StandingAsync(default), default);
        return user;
    }

    private static IBrowserSessionGrain Session(UserHost host, string secret, string tenant = "default") =>
        host.Grains.Locate<IBrowserSessionGrain>(
            BrowserSessionKey.Of(TenantId.Parse(tenant), secret).ToString());
}
