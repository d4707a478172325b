using System.Net;

namespace Smcp.OAuth.Authorize;

/// <summary>The consent page: what it says, who may send it, and what it remembers.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task AS48_Page_ShowsWhoAsksForWhatAndWhereTo()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var evil = await AuthorizeSite.RegisterAsync(site.Host, "<script>alert(1)</script>");

        var consent = await person.ComeToConsentAsync(site.Ask(("client_id", evil)), "alice");

        Assert.DoesNotContain("<script", consent.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", consent.Text, StringComparison.Ordinal);
        Assert.Contains("<dd>app.example</dd>", consent.Text, StringComparison.Ordinal);
        Assert.Contains("<dd>notes</dd>", consent.Text, StringComparison.Ordinal);
        Assert.Contains("<dd>default</dd>", consent.Text, StringComparison.Ordinal);
        Assert.Contains("Use its tools", consent.Text, StringComparison.Ordinal);
        Assert.Contains("Stay connected", consent.Text, StringComparison.Ordinal);
        Assert.Contains("Unverified app", consent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("runs on your own computer", consent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS48_Page_WarnsOfAnAppOnTheOwnMachine()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var consent = await person.ComeToConsentAsync(site.Ask(("redirect_uri", AuthorizeSite.Local)), "alice");

        Assert.Contains("runs on your own computer", consent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS49_Form_IsRefusedWithoutItsToken()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var consent = await person.ComeToConsentAsync(site.Ask(), "alice");
        var fields = Person.FieldsOf(consent, ("decision", "approve")).ToList();

        (await person.PostAsync(consent.Action, fields.Where(field => field.Key != "form_token")))
            .IsRefused(HttpStatusCode.Forbidden);
        (await person.PostAsync(consent.Action, fields.Where(field => field.Key != "form_token")
            .Append(KeyValuePair.Create("form_token", new string('A', 43))))).IsRefused(HttpStatusCode.Forbidden);
        (await person.OpenAsync($"{consent.Action}?request={consent.Hidden["request"]}&decision=approve"))
            .IsRefused(HttpStatusCode.Forbidden);
        Assert.NotEmpty((await person.AllowAsync(consent)).Sent["code"]);
    }

    [Fact]
    public async Task AS49_Form_IsRefusedFromAnotherBrowser()
    {
        await using var site = await AuthorizeSite.StartAsync();
        await site.Host.JoinAsync("mallory", "mcp-user");
        using var alice = new Person(site.Host);
        using var mallory = new Person(site.Host);
        var consent = await alice.ComeToConsentAsync(site.Ask(), "alice");
        var hers = await mallory.ComeToConsentAsync(site.Ask(), "mallory");

        (await mallory.AllowAsync(consent)).IsRefused(HttpStatusCode.Forbidden);
        (await mallory.PostAsync(consent.Action, Person.FieldsOf(hers, ("decision", "approve"))
            .Select(field => field.Key == "request"
                ? KeyValuePair.Create("request", consent.Hidden["request"])
                : field))).IsRefused(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task AS49_Form_IsRefusedFromAForeignPage(string header, string value)
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var consent = await person.ComeToConsentAsync(site.Ask(), "alice");

        var refused = await person.PostAsync(
            consent.Action, Person.FieldsOf(consent, ("decision", "approve")), (header, value));

        Assert.Equal((HttpStatusCode.Forbidden, null), (refused.Status, refused.Location));
    }

    [Fact]
    public async Task Form_IsAnswered_Once()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var consent = await person.ComeToConsentAsync(site.Ask(), "alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.AllowAsync(consent)));

        Assert.Single(answers, answer => answer.Location is not null);
        Assert.All(
            answers.Where(answer => answer.Location is null), answer => answer.IsRefused(HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Form_IsRefused_AfterTenMinutes()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var consent = await person.ComeToConsentAsync(site.Ask(), "alice");

        site.Host.Clock.Advance(TimeSpan.FromMinutes(10));

        (await person.AllowAsync(consent)).IsRefused(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Denial_IsSentToTheClient()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var consent = await person.ComeToConsentAsync(site.Ask(), "alice");

        (await person.SubmitAsync(consent, ("decision", "deny")))
            .IsSent("access_denied", AuthorizeSite.State, site.Host.Issuer);
    }

    [Theory]
    [InlineData("/authorize?client_id=x")]
    [InlineData("/login")]
    [InlineData(null)]
    public async Task AS50_Page_IsNotFramedCachedScriptedOrToldOn(string? path)
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var page = path is null
            ? await person.ComeToConsentAsync(site.Ask(), "alice")
            : await person.OpenAsync(path);

        var policy = page.HeaderOf("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.HeaderOf("X-Frame-Options"));
        Assert.Equal("no-referrer", page.HeaderOf("Referrer-Policy"));
        Assert.Equal("nosniff", page.HeaderOf("X-Content-Type-Options"));
        Assert.Equal("no-store", page.HeaderOf("Cache-Control"));
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS51_Consent_IsRememberedForExactlyThis()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        await person.AllowAsync(await person.ComeToConsentAsync(site.Ask(), "alice"));

        var again = await person.OpenAsync(site.Ask());
        Assert.True(again.Sent.ContainsKey("code"));
        var other = await AuthorizeSite.RegisterAsync(site.Host, "Notes");
        foreach (var asked in new[]
        {
            site.Ask(("client_id", other)),
            site.Ask(("scope", "mcp:tools offline_access")),
            site.Ask(("resource", null)),
            site.Ask(("redirect_uri", AuthorizeSite.Local)),
        })
        {
            Assert.Contains(
                "It will be able to", (await person.OpenAsync(asked)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AS51_Consent_IsAskedForAgainWhenTheAppWasDisconnected()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var sent = await person.AllowAsync(await person.ComeToConsentAsync(site.Ask(), "alice"));
        var account = await person.OpenAsync("/account");

        await person.SubmitAsync(account, ("do", "disconnect"), ("grant", sent.Sent["code"].Split('.')[2]));

        var again = await person.OpenAsync(site.Ask());
        Assert.Contains("It will be able to", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS51_Consent_IsAskedForEachTimeWhenTheAppIsOnTheOwnMachine()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var asked = site.Ask(("redirect_uri", AuthorizeSite.Local));
        await person.AllowAsync(await person.ComeToConsentAsync(asked, "alice"));

        Assert.Null((await person.OpenAsync(asked)).Location);
    }
}
