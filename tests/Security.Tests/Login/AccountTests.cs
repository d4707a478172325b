using Smcp.Identity.Users;
using Smcp.OAuth.Authorize;

namespace Smcp.Login;

/// <summary>What people read where they log in, set a password and change it.</summary>
public sealed class AccountTests
{
    private const string Better = "five quite unrelated words";

    [Fact]
    public async Task Password_IsChanged_ByTheCurrentOneOnly()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var alice = new Person(site.Host);
        await alice.LogInAsync(await alice.OpenAsync("/login"), "alice");
        var account = await alice.OpenAsync("/account");

        var wrong = await ChangeAsync(alice, account, "not the password");
        var right = await ChangeAsync(alice, account, SecurityHost.Password);

        wrong.IsRefused();
        var section = wrong.Text.Split("<h2>Change password</h2>")[1].Split("<h2>")[0];
        Assert.Contains("The current password is not right.", section, StringComparison.Ordinal);
        Assert.Contains("At least 12 characters.", section, StringComparison.Ordinal);
        Assert.DoesNotContain("Wrong name", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Your password is changed", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_LeadsToTheLogIn_WhenItWasUsed()
    {
        await using var site = await AuthorizeSite.StartAsync();
        var invited = await site.Host.Grains.Locate<IUserDirectoryGrain>("default").InviteAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"),
            new UserInvitation { LoginName = LoginName.Parse("bob") },
            default);
        var address = $"/invitation?tenant=default&token={Uri.EscapeDataString(invited.Token!)}";
        using var bob = new Person(site.Host);
        var open = await bob.OpenAsync(address);
        Assert.DoesNotContain("href=\"/login\"", open.Text, StringComparison.Ordinal);
        await bob.SubmitAsync(open, ("new_password", Better));

        var used = await bob.OpenAsync(address);

        used.IsRefused();
        Assert.Contains("Set it already? <a href=\"/login\">Log in</a>", used.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme", "value=\"acme\"")]
    [InlineData("Call%20us", "value=\"\"")]
    [InlineData("%22%3E%3Cb%3E", "value=\"\"")]
    public async Task Organization_IsFilledIn_WhereTheLinkNamesOne(string named, string value)
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var page = await person.OpenAsync($"/login?organization={named}");

        var field = page.Text.Split("id=\"organization\"")[1].Split('>')[0];
        Assert.Contains(value, field, StringComparison.Ordinal);
        Assert.Contains("as in the addresses of its servers", page.Text, StringComparison.Ordinal);
    }

    private static Task<Seen> ChangeAsync(Person person, Seen account, string current) => person.SubmitAsync(
        account, ("old_password", current), ("new_password", Better));
}
