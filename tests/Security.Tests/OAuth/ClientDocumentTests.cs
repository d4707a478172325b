using System.Net;
using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth;

public sealed class ClientDocumentTests
{
    [Fact]
    public async Task AS43_Document_IsAClient()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document());

        var client = (await FindAsync(host, documents.ClientId)).Client!;

        Assert.Equal((ClientSource.Document, "Doc"), (client.Source, client.Name));
        Assert.Equal(["https://a.example/cb"], client.RedirectUris);
    }

    [Fact]
    public async Task AS43_OtherClientId_IsRefused()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document(id: documents.Origin + "/Client.json"));

        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
    }

    [Fact]
    public async Task AS44_Grant_IsForARedirectUriOfTheDocument()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document());
        var user = await host.JoinAsync("alice", "mcp-user");
        var key = new GrantKey(Smcp.Identity.TenantId.Default, GrantId.Random());

        var issue = await host.Grains.Locate<IGrantGrain>(key.ToString()).AuthorizeAsync(
            SecurityHost.ContextOf(user.Principal.ToString()),
            new GrantRequest
            {
                Client = ClientId.Parse(documents.ClientId),
                RedirectUri = "https://a.example/other",
                Resource = host.ResourceOf("echo"),
                Scopes = ["mcp:tools"],
                CodeChallenge = OAuthClientDriver.Challenge,
            },
            default);

        Assert.Equal(TokenRefusal.OtherRedirectUri, issue.Refusal);
    }

    [Fact]
    public async Task AS43_DocumentsClient_GetsTokens()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document(id: documents.ClientId).Replace(
            "https://a.example/cb", OAuthClientDriver.RedirectUri, StringComparison.Ordinal));
        var client = new OAuthClientDriver(host, ClientId.Parse(documents.ClientId));
        var code = await client.ConsentAsync(await host.JoinAsync("alice", "mcp-user"), host.ResourceOf("echo"));

        var first = (await client.RedeemAsync(code)).IsGranted();
        (await client.RefreshAsync(first.RefreshToken)).IsGranted();
        Assert.Equal(1, documents.Requests);
    }

    [Theory]
    [InlineData("http://client.example/client.json")]
    [InlineData("https://client.example")]
    [InlineData("https://client.example/")]
    [InlineData("https://client.example/c.json#f")]
    [InlineData("https://user@client.example/c.json")]
    [InlineData("https://client.example/a/../c.json")]
    [InlineData("https://client.example/a/%2e%2E/c.json")]
    [InlineData("https://CLIENT.example/c.json")]
    [InlineData("https://client.example:443/c.json")]
    public async Task AS45_OtherUrl_IsNotFetched(string id)
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();

        Assert.Null((await FindAsync(host, id)).Client);
        Assert.Equal(0, documents.Resolutions);
    }

    [Theory]
    [InlineData(",\"client_secret\":\"s\"")]
    [InlineData(",\"token_endpoint_auth_method\":\"client_secret_basic\"")]
    [InlineData(",\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"s\"}]}")]
    [InlineData(",\"client_name\":\"twice\"")]
    public async Task AS45_OtherContent_IsRefused(string more)
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document(more));

        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
    }

    [Fact]
    public async Task AS45_OtherAnswer_IsRefused()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        var good = documents.Document();

        documents.Serve(documents.Document($",\"x\":\"{new string('x', 5 * 1024)}\""));
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        documents.Serve(good, contentType: "text/html");
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        documents.Serve("no JSON");
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        documents.Serve(good.Replace("client_name", "other", StringComparison.Ordinal));
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        documents.Serve(good.Replace("redirect_uris", "other", StringComparison.Ordinal));
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        var requests = documents.Requests;
        documents.Answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        Assert.Equal(requests + 1, documents.Requests);

        documents.Serve(good);
        Assert.NotNull((await FindAsync(host, documents.ClientId)).Client);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("fc00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("0.0.0.0")]
    public async Task AS46_InternalAddress_IsNotConnectedTo(string address)
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync(isAllowed: false);
        documents.Serve(documents.Document());
        documents.Addresses = [IPAddress.Parse(address)];

        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        Assert.Equal((1, 0), (documents.Resolutions, documents.Requests));
    }

    [Fact]
    public async Task AS46_EveryAddress_MustBeAllowed()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document());
        documents.Addresses = [IPAddress.Loopback, IPAddress.Parse("10.0.0.1")];

        Assert.Null((await FindAsync(host, documents.ClientId)).Client);
        Assert.Equal(0, documents.Requests);
    }

    [Fact]
    public async Task AS46_Name_IsResolvedOnceAndThereConnectedTo()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document());

        Assert.NotNull((await FindAsync(host, documents.ClientId)).Client);
        Assert.Equal((1, 1), (documents.Resolutions, documents.Requests));
    }

    [Theory]
    [InlineData("max-age=60", 59, 1)]
    [InlineData("max-age=60", 61, 2)]
    [InlineData("no-store", 0, 2)]
    [InlineData("max-age=99999999", 604_801, 2)]
    [InlineData(null, 3_601, 2)]
    public async Task AS47_Document_IsHeldAsItSays(string? cacheControl, int seconds, int requests)
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Serve(documents.Document(), cacheControl);

        Assert.NotNull((await FindAsync(host, documents.ClientId)).Client);
        host.Clock.Leap(TimeSpan.FromSeconds(seconds));
        Assert.NotNull((await FindAsync(host, documents.ClientId)).Client);

        Assert.Equal(requests, documents.Requests);
    }

    [Fact]
    public async Task AS47_ParallelRequests_ShareOneFetch()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        documents.Answer = async context =>
        {
            isAsked.TrySetResult();
            await mayAnswer.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(documents.Document());
        };

        var finds = Enumerable.Range(0, 100).Select(_ => FindAsync(host, documents.ClientId)).ToList();
        await isAsked.Task;
        mayAnswer.SetResult();

        Assert.All(await Task.WhenAll(finds), found => Assert.NotNull(found.Client));
        Assert.Equal(1, documents.Requests);
    }

    [Fact]
    public async Task SlowHost_KeepsNobodyWaitingButItsOwn()
    {
        var wait = TimeSpan.FromMilliseconds(1_234);
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync(
            true, ("Smcp:OAuth:Clients:DocumentWait", wait.ToString()));
        var areAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        documents.Answer = async context =>
        {
            if (documents.Requests == 4)
            {
                areAsked.TrySetResult();
            }

            if (context.Request.Host.Host == DocumentHost.Name)
            {
                await mayAnswer.Task;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                documents.Document(id: $"https://{context.Request.Host}{context.Request.Path}"));
        };
        var slow = Enumerable.Range(0, 4).Select(i => FindAsync(host, $"{documents.Origin}/{i}.json")).ToList();
        await areAsked.Task;

        var waits = host.Clock.WaitForTimerAsync(wait);
        var fifth = FindAsync(host, $"{documents.Origin}/4.json");
        await waits;
        var other = await FindAsync(
            host, documents.ClientId.Replace(DocumentHost.Name, DocumentHost.OtherName, StringComparison.Ordinal));
        host.Clock.Advance(wait);

        Assert.NotNull(other.Client);
        Assert.Null((await fifth).Client);
        mayAnswer.SetResult();
        Assert.All(await Task.WhenAll(slow), found => Assert.NotNull(found.Client));
    }

    [Fact]
    public async Task Fetch_IsGivenUp_WhenNobodyWaitsForIt()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isLeft = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        documents.Answer = async context =>
        {
            await using var left = context.RequestAborted.Register(isLeft.SetResult);
            isAsked.SetResult();
            await isLeft.Task;
        };
        using var leaving = new CancellationTokenSource();
        var client = ClientId.Parse(documents.ClientId);
        var find = host.Grains.Locate<IClientGrain>(ClientKey.Of(client)).DescribeAsync(client, leaving.Token);
        await isAsked.Task;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => find);
        await isLeft.Task.WaitAsync(TimeSpan.FromSeconds(30));
        documents.Serve(documents.Document());
        Assert.NotNull((await FindAsync(host, documents.ClientId)).Client);
    }

    [Fact]
    public async Task Address_LooksUpFewDocumentsAtOneTime()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync(
            true, ("Smcp:Gateway:OAuth:DocumentLookupsPerAddress", "1"));
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        documents.Answer = async _ =>
        {
            isAsked.TrySetResult();
            await mayAnswer.Task;
        };
        var address = "/authorize?client_id=" + Uri.EscapeDataString(documents.ClientId);
        var first = host.Client.GetStringAsync(address + ".1");
        await isAsked.Task;

        using var second = await host.Client.GetAsync(address);
        var text = await second.Content.ReadAsStringAsync();
        mayAnswer.SetResult();

        Assert.Contains("Too many apps", text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => first);
        using var third = await host.Client.GetAsync(address);
        Assert.DoesNotContain("Too many apps", await third.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS47_Error_IsNotHeld()
    {
        await using var documents = await DocumentHost.StartAsync();
        await using var host = await documents.StartSmcpAsync();
        documents.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        Assert.Null((await FindAsync(host, documents.ClientId)).Client);

        documents.Serve(documents.Document());

        Assert.NotNull((await FindAsync(host, documents.ClientId)).Client);
    }

    private static async Task<ClientLookup> FindAsync(SecurityHost host, string id)
    {
        var client = ClientId.Parse(id);
        return await host.Grains.Locate<IClientGrain>(ClientKey.Of(client)).DescribeAsync(client, default);
    }
}
