using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Admin;
using Smcp.Identity.OAuth;
using Smcp.Wire;

namespace Smcp.OAuth;

/// <summary>Clients whose public keys are at an address of theirs (RFC 7591 <c>jwks_uri</c>).</summary>
public sealed class ClientKeySetTests : IAsyncLifetime, IDisposable
{
    private readonly Signer _first = new("ES256") { KeyId = "one" };
    private readonly Signer _second = new("RS256") { KeyId = "two" };
    private DocumentHost _keys = null!;
    private SecurityHost _host = null!;

    private string Address => _keys.Origin + "/keys.json";

    public async Task InitializeAsync()
    {
        _keys = await DocumentHost.StartAsync();
        _host = await _keys.StartSmcpAsync();
        Serve(_first);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _keys.DisposeAsync();
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Keys_AreFetchedOnce_WhileTheyMayBeHeld()
    {
        var robot = await RegisterAsync();

        for (var i = 0; i < 5; i++)
        {
            (await AskAsync(robot, _first)).IsGranted();
        }

        Assert.Equal(1, _keys.Requests);
        _host.Clock.Leap(TimeSpan.FromMinutes(5));
        (await AskAsync(robot, _first)).IsGranted();
        Assert.Equal(2, _keys.Requests);
    }

    [Fact]
    public async Task Key_ThatIsNew_IsAskedFor()
    {
        var robot = await RegisterAsync();
        (await AskAsync(robot, _first)).IsGranted();
        Serve(_first, _second);
        _host.Clock.Leap(TimeSpan.FromSeconds(10));

        (await AskAsync(robot, _second)).IsGranted();

        Assert.Equal(2, _keys.Requests);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData("max-age=86400", 60)]
    [InlineData("max-age=30", 1)]
    public async Task Key_ThatWasTaken_IsBelievedSoLongAtMost(string? cacheControl, int minutes)
    {
        _keys.Serve(Set(_first), cacheControl);
        var robot = await RegisterAsync();
        (await AskAsync(robot, _first)).IsGranted();
        Serve(_second);

        _host.Clock.Leap(TimeSpan.FromMinutes(minutes));

        (await AskAsync(robot, _first)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await AskAsync(robot, _second)).IsGranted();
    }

    [Fact]
    public async Task Stranger_MakesNoRequestsOfUs()
    {
        var robot = await RegisterAsync();
        (await AskAsync(robot, _first)).IsGranted();
        using var thief = new Signer("ES256") { KeyId = "one" };
        using var unknown = new Signer("ES256") { KeyId = "three" };
        for (var i = 0; i < 20; i++)
        {
            (await AskAsync(robot, thief)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
            (await AskAsync(robot, unknown)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        }

        Assert.Equal(1, _keys.Requests);
        _host.Clock.Leap(TimeSpan.FromSeconds(11));
        var late = Claims(robot);
        late["aud"] = "https://other.example";
        (await robot.AskByAssertionAsync(unknown.Sign(late), Resource))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.Equal(1, _keys.Requests);
        (await AskAsync(robot, unknown)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.Equal(2, _keys.Requests);
    }

    [Theory]
    [InlineData("""{"keys":7}""")]
    [InlineData("""[]""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("no json")]
    public async Task Client_IsRefused_WhenThereIsNoKeySet(string text)
    {
        _keys.Serve(text);
        var robot = await RegisterAsync();

        (await AskAsync(robot, _first)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Serve(_first);
        _host.Clock.Leap(TimeSpan.FromMinutes(5));
        (await AskAsync(robot, _first)).IsGranted();
    }

    [Theory]
    [InlineData("x", 0)]
    [InlineData("x", 1)]
    [InlineData("e", 0)]
    [InlineData("e", 1)]
    [InlineData("e", 2)]
    public async Task Key_IsPassedOver_WhenItIsNone(string member, byte value)
    {
        var signer = member == "x" ? _first : _second;
        var bad = JsonSerializer.SerializeToNode(signer.PublicKey, WireJson.Options)!.AsObject();
        bad[member] = Base64Url.EncodeToString(Enumerable.Repeat(value, member == "x" ? 32 : 1).ToArray());
        var good = JsonSerializer.SerializeToNode(signer.PublicKey, WireJson.Options)!;
        _keys.Serve(new JsonObject { ["keys"] = new JsonArray(bad.DeepClone()) }.ToJsonString());
        var robot = await RegisterAsync();

        (await AskAsync(robot, signer)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        _keys.Serve(new JsonObject { ["keys"] = new JsonArray(bad, good) }.ToJsonString());
        _host.Clock.Leap(TimeSpan.FromMinutes(5));
        (await AskAsync(robot, signer)).IsGranted();
    }

    [Fact]
    public async Task SlowHost_IsNotAskedAgain_ByWhoWaitedForIt()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        _keys.Answer = context =>
        {
            isAsked.TrySetResult();
            return never.Task.WaitAsync(context.RequestAborted);
        };
        var robot = await RegisterAsync();
        var first = AskAsync(robot, _first);
        await isAsked.Task;
        var second = AskAsync(robot, _first);

        _host.Clock.Advance(TimeSpan.FromSeconds(10));

        (await first).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await second).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.Equal(1, _keys.Requests);
    }

    [Fact]
    public async Task Client_IsRefused_WhenItsKeySetIsTooLongOrElsewhere()
    {
        _keys.Serve(Set(_first)[..^1] + $",\"more\":\"{new string('a', 40_000)}\"}}");
        var robot = await RegisterAsync();
        (await AskAsync(robot, _first)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);

        _keys.Answer = context =>
        {
            context.Response.Redirect(_keys.Origin + "/other.json");
            return Task.CompletedTask;
        };
        _host.Clock.Leap(TimeSpan.FromSeconds(10));
        (await AskAsync(robot, _first)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.Equal(2, _keys.Requests);
    }

    [Fact]
    public async Task Key_IsNotFetched_FromAnInternalAddress()
    {
        await using var guarded = await _keys.StartSmcpAsync(isAllowed: false);
        var robot = await RegisterAsync(guarded);

        (await AskAsync(robot, _first, guarded)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);

        Assert.Equal(0, _keys.Requests);
    }

    [Theory]
    [InlineData("http://client.example/keys")]
    [InlineData("https://client.example")]
    [InlineData("https://user@client.example/keys")]
    [InlineData("https://client.example/../keys")]
    [InlineData("javascript:1")]
    public async Task Address_IsRefused_WhenItIsNoneOfKeys(string address) =>
        Assert.NotNull((await CreateAsync(_host, address)).Fault);

    [Fact]
    public async Task Address_GoesWithNothingElse()
    {
        Assert.NotNull((await CreateAsync(_host, Address, _first.PublicKey)).Fault);
        Assert.NotNull((await CreateAsync(_host, Address, null, ClientAuthentication.SecretBasic)).Fault);
        var created = await CreateAsync(_host, Address);
        Assert.Null(created.Secret);
        Assert.Equal(Address, created.Client!.JwksUri);
    }

    private (string, string?) Resource => ("resource", _host.ResourceOf("notes"));

    private void Serve(params Signer[] signers) => _keys.Serve(Set(signers));

    private static string Set(params Signer[] signers) => JsonSerializer.Serialize(
        new { keys = signers.Select(signer => JsonSerializer.SerializeToNode(signer.PublicKey, WireJson.Options)) });

    private Task<TokenAnswer> AskAsync(OAuthClientDriver robot, Signer signer, SecurityHost? host = null) =>
        robot.AskByAssertionAsync(signer.Sign(Claims(robot, host)), ("resource", (host ?? _host).ResourceOf("notes")));

    private JsonObject Claims(OAuthClientDriver client, SecurityHost? host = null)
    {
        var now = (host ?? _host).Clock.GetUtcNow();
        return new JsonObject
        {
            ["iss"] = client.Id.ToString(),
            ["sub"] = client.Id.ToString(),
            ["aud"] = (host ?? _host).Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds(),
        };
    }

    private async Task<OAuthClientDriver> RegisterAsync(SecurityHost? host = null)
    {
        var created = await CreateAsync(host ?? _host, Address);
        Assert.Null(created.Fault);
        return new OAuthClientDriver(host ?? _host, created.Client!.Id);
    }

    private static Task<ClientIssued> CreateAsync(
        SecurityHost host,
        string address,
        ClientJwk? key = null,
        ClientAuthentication authentication = ClientAuthentication.PrivateKeyJwt) =>
        host.Grains.Locate<IClientsGrain>("default").CreateAsync(
            AdminSite.ContextOf("default", "mcp.*:*", "admin.*:*"),
            new ClientRequest
            {
                Name = "robot",
                Authentication = authentication,
                Roles = ["mcp-user"],
                Keys = key is null ? [] : [key],
                JwksUri = address,
            },
            default).AsTask();
}
