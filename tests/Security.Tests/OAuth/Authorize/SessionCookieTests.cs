using System.Net;

namespace Smcp.OAuth.Authorize;

/// <summary>The cookies, and the log-in that they carry.</summary>
public sealed class SessionCookieTests
{
    [Fact]
    public async Task AS52_Cookies_AreHttpOnlyAndLaxOnLoopbackWithoutPrefix()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var entered = await person.LogInAsync(await person.OpenAsync(site.Ask()), "alice");

        var cookies = entered.Response.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("smcp=default.", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("httponly", cookie, StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("path=/", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AS52_Cookies_AreSecureAndOfTheHostWhereThePublicUrlIsHttps()
    {
        await using var host = await SecurityHost.StartAsync(
            settings: ("Smcp:Gateway:PublicUrls:0", "https://smcp.example"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login") { Headers = { Host = "smcp.example" } };

        using var response = await host.Client.SendAsync(request);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-smcp-browser=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS52_LogIn_MakesANewSession()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        await person.LogInAsync(await person.OpenAsync("/login"), "alice");
        var first = person.CookieOf("smcp")!;

        await person.LogInAsync(await person.OpenAsync(site.Ask(("resource", null))), "alice");
        await person.SubmitAsync(await person.OpenAsync("/logout"));
        await person.LogInAsync(await person.OpenAsync("/login"), "alice");

        Assert.NotEqual(first, person.CookieOf("smcp"));
        using var thief = new Person(site.Host);
        thief.Cookies.Add(site.Host.Url, new Cookie("smcp", first));
        Assert.Equal("/login", (await thief.OpenAsync("/account")).Location);
    }

    [Fact]
    public async Task AS52_Session_IsOfItsTenantOnly()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        await person.LogInAsync(await person.OpenAsync("/login"), "alice");
        var secret = person.CookieOf("smcp")!.Split('.')[1];

        person.Cookies.Add(site.Host.Url, new Cookie("smcp", $"platform.{secret}"));

        Assert.Equal("/login", (await person.OpenAsync("/account")).Location);
    }

    [Fact]
    public async Task Session_Ends_WhenTheUserIsDisabled()
    {
        await using var site = await AuthorizeSite.StartAsync();
        var bob = await site.Host.JoinAsync("bob");
        using var person = new Person(site.Host);
        await person.LogInAsync(await person.OpenAsync("/login"), "bob");
        Assert.Equal(HttpStatusCode.OK, (await person.OpenAsync("/account")).Status);

        await site.Host.User(bob).SetEnabledAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"), false, default);

        Assert.Equal("/login", (await person.OpenAsync("/account")).Location);
    }

    [Fact]
    public async Task LogIn_LooksTheSame_WhetherTheNameIsKnownOrNot()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var page = await person.OpenAsync(site.Ask());

        var wrong = await person.LogInAsync(page, "alice", "not the password");
        var unknown = await person.LogInAsync(page, "nobody", "not the password");

        Assert.Equal((wrong.Status, Without(wrong, "alice")), (unknown.Status, Without(unknown, "nobody")));
    }

    [Fact]
    public async Task LogIn_Waits_AfterWrongPasswords()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var page = await person.OpenAsync(site.Ask());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                HttpStatusCode.BadRequest, (await person.LogInAsync(page, "alice", "not the password")).Status);
        }

        var early = await person.LogInAsync(page, "alice");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (early.Status, early.HeaderOf("Retry-After")));
        site.Host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.SeeOther, (await person.LogInAsync(page, "alice")).Status);
    }

    [Fact]
    public async Task AS54_Pages_AreRefusedInClearFromAnotherMachine()
    {
        await using var host = await SecurityHost.StartAsync(
            settings: ("Smcp:Gateway:Network:Forwarding:KnownProxies:0", "127.0.0.1"));
        foreach (var path in new[] { "/authorize", "/login", "/account", "/invitation" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "http");

            using var response = await host.Client.SendAsync(request);

            Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
            Assert.Null(response.Headers.Location);
        }
    }

    private static string Without(Seen page, string name) =>
        page.Text.Replace(name, string.Empty, StringComparison.Ordinal);
}
