using Smcp.Mcp;

namespace Smcp.Identity.Users;

public sealed class LoginTests
{
    [Fact]
    public async Task Login_ReadsTheSame_WhateverIsWrong()
    {
        await using var host = await UserHost.StartAsync();
        var bob = await host.JoinAsync("bob");
        await host.JoinAsync("alice");
        await host.InviteAsync("carol");
        await host.User(bob).SetEnabledAsync(UserHost.Admin, false, default);

        var faults = new[]
        {
            (await host.LoginAsync("alice", "not the password")).Fault,
            (await host.LoginAsync("bob")).Fault,
            (await host.LoginAsync("carol")).Fault,
            (await host.LoginAsync("nobody")).Fault,
        };

        Assert.All(faults, fault => Assert.Equal(faults[0], fault));
        Assert.Equal(FaultReason.InvalidCredential, faults[0]!.Reason);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("nobody")]
    public async Task Login_WaitsLonger_WithEachWrongPassword(string name)
    {
        await using var host = await UserHost.StartAsync();
        await host.JoinAsync("alice");
        await FailAsync(host, name, 5);

        Assert.Equal(TimeSpan.FromSeconds(1), (await host.LoginAsync(name, "wrong again")).Fault!.RetryAfter);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await FailAsync(host, name, 1);
        Assert.Equal(TimeSpan.FromSeconds(2), (await host.LoginAsync(name, "wrong again")).Fault!.RetryAfter);
    }

    [Fact]
    public async Task Login_Succeeds_AfterTheLongestWait()
    {
        await using var host = await UserHost.StartAsync();
        await host.JoinAsync("alice");
        for (var i = 0; i < 30; i++)
        {
            await FailAsync(host, "alice", 1);
            host.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Null((await host.LoginAsync("alice")).Fault);
    }

    [Fact]
    public async Task EarlyTry_DoesNotMakeTheWaitLonger()
    {
        await using var host = await UserHost.StartAsync();
        await host.JoinAsync("alice");
        await FailAsync(host, "alice", 5);
        for (var i = 0; i < 50; i++)
        {
            await host.LoginAsync("alice", "too early");
        }

        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null((await host.LoginAsync("alice")).Fault);
    }

    [Fact]
    public async Task Stranger_DoesNotKeepTheUserOut()
    {
        await using var host = await UserHost.StartAsync();
        await host.JoinAsync("alice");
        await FailAsync(host, "alice", 5, "203.0.113.9");

        Assert.NotNull((await host.LoginAsync("alice", address: "203.0.113.9")).Fault);
        Assert.Null((await host.LoginAsync("alice", address: "192.0.2.1")).Fault);
    }

    [Fact]
    public async Task KnownBrowser_GetsIn_WhileManyAddressesGuess()
    {
        await using var host = await UserHost.StartAsync();
        await host.JoinAsync("alice");
        var device = (await host.LoginAsync("alice")).Device;
        for (var i = 0; i < 100; i++)
        {
            await FailAsync(host, "alice", 1, $"203.0.113.{i}");
        }

        Assert.Equal(
            FaultReason.LimitExceeded, (await host.LoginAsync("alice", address: "192.0.2.77")).Fault!.Reason);
        Assert.Null((await host.LoginAsync("alice", address: "192.0.2.77", device: device)).Fault);
    }

    [Fact]
    public async Task Password_IsHashedAgain_WhenMoreIterationsAreAskedFor()
    {
        await using var host = await UserHost.StartAsync();
        await host.JoinAsync("alice");
        host.Iterations = 20_000;
        await host.RestartAsync();
        var hasher = new PasswordHasher(
            Microsoft.Extensions.Options.Options.Create(new PasswordOptions { Iterations = 20_000 }));
        Assert.True(hasher.IsStale(Stored(host)));

        Assert.Null((await host.LoginAsync("alice")).Fault);

        Assert.Equal(20_000, Stored(host).Iterations);
        Assert.Null((await host.LoginAsync("alice")).Fault);
    }

    [Fact]
    public async Task Hashing_IsBounded()
    {
        using var hasher = new PasswordHasher(Microsoft.Extensions.Options.Options.Create(
            new PasswordOptions { Iterations = 200_000, HashesMax = 1, HashesWaitingMax = 2 }));

        var hashes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => hasher.HashAsync($"password {i}", default)));

        Assert.Contains(hashes, hash => hash is null);
        Assert.Contains(hashes, hash => hash is not null);
    }

    private static PasswordHash Stored(UserHost host) => host.StateOf("alice").Password!;

    private static async Task FailAsync(UserHost host, string name, int count, string address = "192.0.2.1")
    {
        for (var i = 0; i < count; i++)
        {
            var outcome = await host.LoginAsync(name, "not the password", address);
            Assert.Equal(FaultReason.InvalidCredential, outcome.Fault!.Reason);
        }
    }
}
