using Smcp.Mcp;

namespace Smcp.Identity.Users;

public sealed class UserAdministrationTests
{
    private static readonly CallContext Member = UserHost.ContextOf("user:bob", "mcp.*:*");
    private static readonly CallContext Clerk = UserHost.ContextOf("user:clerk", "admin.*:users", "mcp.use:*");
    private static readonly CallContext Reader = UserHost.ContextOf("user:reader", "admin.read:users");
    private static readonly CallContext Foreign = UserHost.Admin with { Tenant = TenantId.Parse("other") };
    private static readonly CallContext Unscoped = UserHost.Admin with { Scopes = [McpScopes.Tools] };

    private static readonly CallContext Operator = UserHost.ContextOf("user:op", "platform.*:*") with
    {
        Tenant = TenantId.Platform,
    };

    [Fact]
    public async Task User_IsInvited_ByWhoMay()
    {
        await using var host = await UserHost.StartAsync();

        Assert.Equal(FaultReason.Forbidden, await InviteAsync(host, Member));
        Assert.Equal(FaultReason.Forbidden, await InviteAsync(host, Reader));
        Assert.Equal(FaultReason.NotFound, await InviteAsync(host, Foreign));
        Assert.Equal(FaultReason.InsufficientScope, await InviteAsync(host, Unscoped));
        Assert.Null(await InviteAsync(host, Clerk));
        Assert.Null(await InviteAsync(host, Operator, "admin"));
    }

    [Fact]
    public async Task Role_IsGiven_OnlyByWhoHasWhatItPermits()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await host.JoinAsync("alice");

        Assert.Equal(FaultReason.Forbidden, await SetRolesAsync(host, Clerk, alice, "admin"));
        Assert.Equal(FaultReason.InvalidParams, await SetRolesAsync(host, UserHost.Admin, alice, "emperor"));
        Assert.Equal(FaultReason.InvalidParams, await SetRolesAsync(host, UserHost.Admin, alice, "operator"));
        Assert.Null(await SetRolesAsync(host, UserHost.Admin, alice, "admin"));
        Assert.Equal(["admin.*:*", "mcp.*:*"], (await host.User(alice).StandingAsync(default)).Permissions);
    }

    [Fact]
    public async Task Password_IsNotReset_ByWhoMayLess()
    {
        await using var host = await UserHost.StartAsync();
        var boss = await host.JoinAsync("boss", "admin");
        var alice = await host.JoinAsync("alice");

        Assert.Equal(FaultReason.Forbidden, (await host.User(boss).InviteAsync(Clerk, default)).Fault!.Reason);
        Assert.Equal(
            FaultReason.Forbidden, (await host.User(boss).SetEnabledAsync(Clerk, false, default)).Fault!.Reason);
        Assert.NotNull((await host.User(alice).InviteAsync(Clerk, default)).Token);
        Assert.NotNull((await host.User(boss).InviteAsync(UserHost.Admin, default)).Token);
    }

    [Fact]
    public async Task User_LooksTheSameToStrangers_WhetherThereOrNot()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await host.JoinAsync("alice");

        var there = await host.User(alice).DescribeAsync(Foreign, default);
        var missing = await host.User(UserId.Parse("missing")).DescribeAsync(Foreign, default);

        Assert.Equal(missing, there);
        Assert.Equal(FaultReason.NotFound, there.Fault!.Reason);
    }

    [Fact]
    public async Task OwnPassword_IsChanged_ByWhoKnowsIt()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await host.JoinAsync("alice");
        var herself = UserHost.ContextOf(alice.Principal.ToString());
        var change = new PasswordChange { Proof = UserHost.Password, Password = "another long passphrase" };

        Assert.NotNull((await host.User(alice).ChangePasswordAsync(UserHost.Admin, change, default)).Fault);
        Assert.NotNull((await host.User(alice).ChangePasswordAsync(
            herself, change with { Proof = "not the password" }, default)).Fault);
        Assert.Null((await host.User(alice).ChangePasswordAsync(herself, change, default)).Fault);
        Assert.Null((await host.LoginAsync("alice", "another long passphrase")).Fault);
    }

    private static async Task<FaultReason?> InviteAsync(UserHost host, CallContext by, params string[] roles) =>
        (await host.Directory.InviteAsync(
            by, new UserInvitation { LoginName = LoginName.Parse($"new-{by.Principal}"), Roles = roles }, default))
        .Fault?.Reason;

    private static async Task<FaultReason?> SetRolesAsync(
        UserHost host, CallContext by, UserId user, params string[] roles) =>
        (await host.User(user).SetRolesAsync(by, roles, default)).Fault?.Reason;
}
