using System.Net;

namespace Smcp.OAuth.Authorize;

/// <summary>An authorization request before anybody is known: it is in the browser's hands, and nowhere else.</summary>
public sealed class AskedRequestTests : IAsyncLifetime
{
    private AuthorizeSite _site = null!;

    public async Task InitializeAsync() => _site = await AuthorizeSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Asking_LeavesNothing_UntilSomebodyIsLoggedIn()
    {
        var before = _site.Host.States.States.Count;
        using var person = new Person(_site.Host);
        Seen page = null!;
        for (var i = 0; i < 20; i++)
        {
            page = await person.OpenAsync(_site.Ask(("state", $"{i}")));
            Assert.Equal(HttpStatusCode.OK, page.Status);
        }

        await person.LogInAsync(page, "alice", "not the password");
        var asked = _site.Host.States.States.Count;
        var entered = await person.LogInAsync(page, "alice");
        var loggedIn = Waiting();
        var consent = await person.OpenAsync(entered.Location!);
        var waits = Waiting();
        var answer = await person.AllowAsync(consent);

        Assert.Equal(before, asked);
        Assert.Equal(0, loggedIn);
        Assert.Equal(1, waits);
        Assert.Equal("19", answer.Sent["state"]);
        Assert.Equal(0, Waiting());
    }

    [Theory]
    [InlineData("state=other")]
    [InlineData("redirect_uri=https%3A%2F%2Fapp.example%2Fother")]
    public async Task Form_IsRefused_WhenItsRequestWasChanged(string change)
    {
        using var person = new Person(_site.Host);
        var page = await person.OpenAsync(_site.Ask());

        var posted = await person.PostAsync(page.Action, Person.FieldsOf(page, Credentials).Select(
            field => field.Key == "request" ? KeyValuePair.Create(field.Key, $"{field.Value}&{change}") : field));

        posted.IsRefused(HttpStatusCode.Forbidden);
        Assert.Null(person.CookieOf("smcp"));
    }

    [Fact]
    public async Task Form_IsRefused_FromAnotherBrowser()
    {
        using var person = new Person(_site.Host);
        using var other = new Person(_site.Host);
        var page = await person.OpenAsync(_site.Ask());
        await other.OpenAsync(_site.Ask());

        var posted = await other.SubmitAsync(page, Credentials);

        posted.IsRefused(HttpStatusCode.Forbidden);
    }

    /// <summary>What the browser brings back is believed no more than the first time.</summary>
    [Fact]
    public async Task Form_IsAskedByTheRulesAgain()
    {
        using var person = new Person(_site.Host);
        var page = await person.OpenAsync(_site.Ask());
        _site.Host.Clock.Leap(TimeSpan.FromDays(91));

        var posted = await person.SubmitAsync(page, Credentials);

        posted.IsRefused();
        Assert.Contains("The client is not known.", posted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ComesBackAsItWas_WhateverItHolds()
    {
        const string state = "a b&c=d\"<é>%25+\\^`{|}";
        using var person = new Person(_site.Host);

        var consent = await person.ComeToConsentAsync(_site.Ask(("state", state)), "alice");
        var answer = await person.AllowAsync(consent);

        Assert.Equal(state, answer.Sent["state"]);
    }

    private static (string Name, string Value)[] Credentials =>
        [("username", "alice"), ("password", SecurityHost.Password), ("organization", "default")];

    private int Waiting() => _site.Host.States.States.Keys.Count(row => row.GrainType == "oauth-authorization");
}
