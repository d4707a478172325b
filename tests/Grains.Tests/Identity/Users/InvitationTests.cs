using Smcp.Mcp;

namespace Smcp.Identity.Users;

public sealed class InvitationTests
{
    [Fact]
    public async Task Invitation_SetsThePassword_Once()
    {
        await using var host = await UserHost.StartAsync();
        var invited = await host.InviteAsync("Alice", "mcp-user");

        var accepted = await host.AcceptAsync(invited, UserHost.Password);

        Assert.Equal(UserStatus.Active, accepted.User!.Status);
        Assert.Equal(["mcp.*:*"], accepted.User.Permissions);
        Assert.Equal(
            FaultReason.InvalidCredential, (await host.AcceptAsync(invited, "another long passphrase")).Fault!.Reason);
        Assert.Null((await host.LoginAsync("alice")).Fault);
    }

    [Fact]
    public async Task Invitation_IsVoid_AfterSevenDays()
    {
        await using var host = await UserHost.StartAsync();
        var invited = await host.InviteAsync("alice");
        host.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(
            FaultReason.InvalidCredential, (await host.AcceptAsync(invited, UserHost.Password)).Fault!.Reason);
    }

    [Fact]
    public async Task Invitation_IsVoid_WhenItIsAnotherUsers()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await host.InviteAsync("alice");
        var bob = await host.InviteAsync("bob");

        var mixed = alice with { User = bob.User };

        Assert.NotNull((await host.AcceptAsync(mixed, UserHost.Password)).Fault);
    }

    [Fact]
    public async Task Invitation_StaysOpen_WhenThePasswordIsRefused()
    {
        await using var host = await UserHost.StartAsync();
        var invited = await host.InviteAsync("alice");

        Assert.Equal(FaultReason.InvalidParams, (await host.AcceptAsync(invited, "short")).Fault!.Reason);
        Assert.Null((await host.AcceptAsync(invited, UserHost.Password)).Fault);
    }

    [Fact]
    public async Task Reset_LeavesThePassword_UntilANewOneIsSet()
    {
        await using var host = await UserHost.StartAsync();
        var alice = await host.JoinAsync("alice");
        var reset = await host.User(alice).InviteAsync(UserHost.Admin, default);
        Assert.Null((await host.LoginAsync("alice")).Fault);

        await host.AcceptAsync(reset, "another long passphrase");

        Assert.NotNull((await host.LoginAsync("alice")).Fault);
        Assert.Null((await host.LoginAsync("alice", "another long passphrase")).Fault);
    }

    [Fact]
    public async Task LoginName_IsTaken_InAnyCase()
    {
        await using var host = await UserHost.StartAsync();
        await host.InviteAsync("alice");

        Assert.Equal(FaultReason.Conflict, (await host.InviteAsync("ALICE")).Fault!.Reason);
    }

    [Fact]
    public async Task FirstUser_IsInvited_OnlyWhereThereIsNone()
    {
        await using var host = await UserHost.StartAsync();
        var first = new UserInvitation { LoginName = LoginName.Parse("admin"), Roles = ["admin"] };

        var forgotten = await host.Directory.InviteFirstAsync(first, default);
        var renewed = await host.Directory.InviteFirstAsync(first, default);
        Assert.Equal(forgotten.User!.Id, renewed.User!.Id);
        Assert.NotNull((await host.AcceptAsync(forgotten, UserHost.Password)).Fault);
        Assert.Null((await host.AcceptAsync(renewed, UserHost.Password)).Fault);
        Assert.Equal(FaultReason.Conflict, (await host.Directory.InviteFirstAsync(first, default)).Fault!.Reason);
    }

    [Fact]
    public async Task Users_AreKeptAndListed_AfterARestart()
    {
        await using var host = await UserHost.StartAsync();
        foreach (var name in (string[])["carol", "alice", "bob"])
        {
            await host.JoinAsync(name, "read-only");
        }

        await host.RestartAsync();

        var first = await host.Directory.ListAsync(UserHost.Admin, null, 2, default);
        Assert.Equal(["alice", "bob"], first.Users.Select(user => user.LoginName.ToString()));
        var second = await host.Directory.ListAsync(UserHost.Admin, first.Next, 2, default);
        Assert.Equal(["carol"], second.Users.Select(user => user.LoginName.ToString()));
        Assert.Null(second.Next);
        Assert.Null((await host.LoginAsync("bob")).Fault);
    }
}
