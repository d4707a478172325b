using System.Net;

namespace Smcp.OAuth.Authorize;

/// <summary>The authorization endpoint, as a browser meets it: the rows of the checklist by their numbers.</summary>
public sealed class AuthorizeTests
{
    [Fact]
    public async Task AS06_ValidRequest_ShowsAPageAndRedirectsNowhere()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var login = await person.OpenAsync(site.Ask());

        Assert.Equal((HttpStatusCode.OK, null), (login.Status, login.Location));
        Assert.Contains("autocomplete=\"current-password\"", login.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS07_Approval_SendsOneCodeOneStateAndTheIssuer()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var sent = await person.AllowAsync(await person.ComeToConsentAsync(site.Ask(), "alice"));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.StartsWith(AuthorizeSite.Web + "?", sent.Location, StringComparison.Ordinal);
        Assert.Equal(["code", "iss", "state"], sent.Sent.Keys.Order());
        Assert.DoesNotContain(',', sent.Sent["code"] + sent.Sent["iss"]);
        Assert.Equal((AuthorizeSite.State, site.Host.Issuer), (sent.Sent["state"], sent.Sent["iss"]));
        var client = new OAuthClientDriver(site.Host, Identity.OAuth.ClientId.Parse(site.Client));
        var tokens = await client.RedeemAsync(sent.Sent["code"], ("redirect_uri", AuthorizeSite.Web));
        Assert.Equal("mcp:tools", tokens.IsGranted().Scope);
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "S512", "invalid_request")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "invalid_request")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c!", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token", "unsupported_response_type")]
    [InlineData("resource", "https://other.example/t/default/s/notes/mcp", "invalid_target")]
    [InlineData("scope", "bogus", "invalid_scope")]
    public async Task AS08ToAS17_Error_GoesToTheClientWithStateAndIssuer(string name, string? value, string error)
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var sent = await person.OpenAsync(site.Ask((name, value)));

        Assert.StartsWith(AuthorizeSite.Web + "?", sent.Location, StringComparison.Ordinal);
        sent.IsSent(error, AuthorizeSite.State, site.Host.Issuer);
    }

    [Theory]
    [InlineData("client_id", "unknown")]
    [InlineData("client_id", null)]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "https://evil.example/cb")]
    [InlineData("redirect_uri", "https://app.example/cb/")]
    [InlineData("redirect_uri", "https://app.example/CB")]
    [InlineData("redirect_uri", "https://app.example/cb?x=1")]
    [InlineData("redirect_uri", "https://app.example/%63b")]
    [InlineData("redirect_uri", "https://app.example/cb#f")]
    [InlineData("redirect_uri", "https://u@app.example/cb")]
    [InlineData("redirect_uri", " https://app.example/cb")]
    [InlineData("redirect_uri", "HTTPS://app.example/cb")]
    [InlineData("redirect_uri", "http://app.example/cb")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    [InlineData("redirect_uri", "data:text/html,x")]
    [InlineData("redirect_uri", "http://localhost:3000/cb")]
    [InlineData("redirect_uri", "https://127.0.0.1:3000/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:3000/other")]
    public async Task AS11ToAS14_Error_IsAPageWhenWhoOrWhereDoesNotFit(string name, string? value)
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        (await person.OpenAsync(site.Ask((name, value)))).IsRefused();
    }

    [Fact]
    public async Task AS13_LoopbackPort_MayBeAnother()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var asked = site.Ask(("redirect_uri", "http://127.0.0.1:51234/cb"));

        var sent = await person.AllowAsync(await person.ComeToConsentAsync(asked, "alice"));

        Assert.StartsWith("http://127.0.0.1:51234/cb?", sent.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_id", true)]
    [InlineData("redirect_uri", true)]
    [InlineData("state", false)]
    [InlineData("scope", false)]
    public async Task AS16_ParameterThatComesTwice_IsAnError(string name, bool isPage)
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);

        var seen = await person.OpenAsync(site.Ask() + $"&{name}=again");

        if (isPage)
        {
            seen.IsRefused();
        }
        else
        {
            Assert.Equal("invalid_request", seen.Sent["error"]);
            Assert.Equal(site.Host.Issuer, seen.Sent["iss"]);
        }
    }

    [Fact]
    public async Task AS29_UserPicksTheServer_WhenTheClientNamesNone()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var consent = await person.ComeToConsentAsync(site.Ask(("resource", null)), "alice");

        Assert.Contains("<option>notes</option>", consent.Text, StringComparison.Ordinal);
        var wrong = await person.SubmitAsync(consent, ("decision", "approve"), ("server", "no-such"));
        Assert.Equal((HttpStatusCode.BadRequest, null), (wrong.Status, wrong.Location));
        var sent = await person.SubmitAsync(wrong, ("decision", "approve"), ("server", "notes"));

        var client = new OAuthClientDriver(site.Host, Identity.OAuth.ClientId.Parse(site.Client));
        var tokens = await client.RedeemAsync(sent.Sent["code"], ("redirect_uri", AuthorizeSite.Web));
        Assert.Equal(site.Host.ResourceOf("notes"), AudienceOf(tokens.IsGranted().AccessToken));
    }

    [Fact]
    public async Task AS29_UserIsOffered_WhatTheyMayUse()
    {
        await using var site = await AuthorizeSite.StartAsync();
        await site.Host.JoinAsync("guest");
        using var person = new Person(site.Host);

        var consent = await person.ComeToConsentAsync(site.Ask(("resource", null)), "guest");

        Assert.DoesNotContain("<option", consent.Text, StringComparison.Ordinal);
        Assert.Contains("no server that you may use", consent.Text, StringComparison.Ordinal);
        (await person.SubmitAsync(consent, ("decision", "deny")))
            .IsSent("access_denied", AuthorizeSite.State, site.Host.Issuer);
    }

    [Fact]
    public async Task Server_IsNotToldOf_BeforeLogIn()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var person = new Person(site.Host);
        var missing = site.Ask(("resource", site.Host.ResourceOf("no-such")));

        var login = await person.OpenAsync(missing);
        Assert.Equal(HttpStatusCode.OK, login.Status);
        var entered = await person.LogInAsync(login, "alice");

        (await person.OpenAsync(entered.Location!)).IsSent(
            "invalid_target", AuthorizeSite.State, site.Host.Issuer);
    }

    [Fact]
    public async Task AS53_Pages_AllowNoOtherOrigin()
    {
        await using var site = await AuthorizeSite.StartAsync();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Options })
        {
            using var request = new HttpRequestMessage(method, site.Ask());
            request.Headers.Add("Origin", "http://localhost:6274");
            request.Headers.Add("Access-Control-Request-Method", "GET");

            using var response = await site.Host.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    private static string AudienceOf(string token) => (string)System.Text.Json.Nodes.JsonNode.Parse(
        System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!["aud"]!;
}
