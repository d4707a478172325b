using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Login;

/// <summary>
/// The official C# client logs its person in: from the 401 to the tool, and on when its token has ended.
/// </summary>
[Collection(MembersCollection.Name)]
public sealed class CSharpLoginTests(MembersFixture members)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [ChromiumFact]
    public async Task Client_LogsIn_AndRefreshesWhatEnded()
    {
        using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
        await using var person = await members.MeetAsync();
        await using var callback = await Callback.StartAsync();
        var tokens = new TokenNotes();
        await using var client = await ConnectAsync(callback, tokens, null, async url =>
        {
            await person.LogInAsync(url, MembersFixture.Member);
            await person.AllowAsync();
        }, late.Token);

        await CallAsync(client, late.Token);
        var first = tokens.Current!;
        await members.WaitUntilOverAsync(first.AccessToken, late.Token);
        await CallAsync(client, late.Token);

        Assert.NotEqual(first.AccessToken, tokens.Current!.AccessToken);
        Assert.NotEqual(first.RefreshToken, tokens.Current.RefreshToken);
    }

    [ChromiumFact]
    public async Task Client_AsksItsPersonAgain_WhenAToolNeedsMore()
    {
        using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
        await using var person = await members.MeetAsync();
        await using var callback = await Callback.StartAsync();
        var (app, narrow) = await NarrowGrant.TakeAsync(members, callback, late.Token);
        var tokens = new TokenNotes { Current = narrow };
        var asked = new List<string>();
        await using var client = await ConnectAsync(callback, tokens, app, async url =>
        {
            asked.Add(url);
            await person.LogInAsync(url, MembersFixture.Member);
            await person.AllowAsync();
        }, late.Token);
        Assert.NotEmpty(await client.ListToolsAsync(cancellationToken: late.Token));
        Assert.Empty(asked);

        await CallAsync(client, late.Token);

        Assert.Contains("mcp%3atools", Assert.Single(asked), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("mcp:tools", tokens.Current.Scope);
    }

    [ChromiumFact]
    public async Task Client_IsTold_WhenItsPersonDoesNotAgree()
    {
        using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
        await using var person = await members.MeetAsync();
        await using var callback = await Callback.StartAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(
            callback, new TokenNotes(), null, async url =>
            {
                await person.LogInAsync(url, MembersFixture.Member);
                await person.DenyAsync();
            }, late.Token));

        Assert.Contains("access_denied", refused.ToString(), StringComparison.Ordinal);
    }

    private async Task<McpClient> ConnectAsync(
        Callback callback, TokenNotes tokens, string? app, Func<string, Task> act, CancellationToken cancellationToken)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = members.Everything,
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = new ClientOAuthOptions
            {
                RedirectUri = callback.Uri,
                ClientId = app,
                TokenCache = tokens,
                DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "C# app" },
                AuthorizationCallbackHandler = async (request, token) =>
                {
                    await act(request.AuthorizationUri.AbsoluteUri);
                    var answer = await callback.NextAsync(token);
                    return answer["error"] is [{ } error]
                        ? throw new InvalidOperationException(error)
                        : new AuthorizationResult
                        {
                            Code = answer["code"].ToString(),
                            State = answer["state"].ToString(),
                            Iss = answer["iss"].ToString(),
                        };
                },
            },
        });
        return await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
    }

    private static async Task CallAsync(McpClient client, CancellationToken cancellationToken)
    {
        var answer = await client.CallToolAsync("test_simple_text", cancellationToken: cancellationToken);
        var text = Assert.IsType<TextContentBlock>(Assert.Single(answer.Content));
        Assert.Equal("This is a simple text response for testing.", text.Text);
    }
}
