using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Browser;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Login;

/// <summary>
/// A running Smcp whose server is for the members of its tenant: Ann, who may use it, and Gus, who may not. Access
/// tokens live for seconds, so that clients have to refresh them.
/// </summary>
public sealed class MembersFixture : IAsyncLifetime
{
    public const string Member = "ann";
    public const string Guest = "gus";
    public const string Password = "four unrelated words";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly string _data = Directory.CreateTempSubdirectory("smcp-").FullName;
    private string _operatorKey = string.Empty;
    private DocumentServer? _documents;
    private Standalone? _standalone;
    private BrowserFixture? _browser;

    /// <summary>The issuer: the base address without a slash.</summary>
    public string Issuer => Running.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>The fixture server's endpoint.</summary>
    public Uri Everything => Running.Endpoint("everything");

    /// <summary>Where clients whose id is a URL have their documents.</summary>
    internal DocumentServer Documents => _documents ?? throw new InvalidOperationException("Not started.");

    private Standalone Running => _standalone ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _documents = await DocumentServer.StartAsync();
        var authorities = Path.Combine(_data, "authorities.pem");
        await File.WriteAllTextAsync(authorities, _documents.Authority);
        _standalone = await Standalone.StartAsync(
            _data,
            [
                $"--Smcp:OAuth:Grants:AccessTokenLifetime={TokenLifetime}",
                "--Smcp:Gateway:OAuth:ClockSkew=00:00:00",
                "--Smcp:Egress:AllowedNetworks:0=127.0.0.0/8",
                $"--Smcp:Egress:AuthoritiesFile={authorities}",
            ]);
        _operatorKey = (await File.ReadAllTextAsync(Path.Combine(_data, "operator.key"))).Trim();
        await SendAsync(HttpMethod.Put, "servers/everything/access", new { kind = "tenant" });
        await JoinAsync(Member, "mcp-user");
        await JoinAsync(Guest);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        if (_documents is not null)
        {
            await _documents.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Somebody at Chromium whom no page knows yet.</summary>
    internal async Task<Person> MeetAsync()
    {
        _browser ??= await BrowserFixture.StartAsync();
        return new Person(await _browser.NewPageAsync());
    }

    /// <summary>A public client that registered itself, with this redirect URI.</summary>
    public async Task<string> RegisterAsync(string redirectUri)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync($"{Issuer}/register", new
        {
            client_name = "Registered",
            redirect_uris = new[] { redirectUri },
            token_endpoint_auth_method = "none",
        });
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]!;
    }

    /// <summary>A client of the tenant that acts for itself, and proves who it is by this key.</summary>
    internal async Task<string> RegisterRobotAsync(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var made = await SendAsync(HttpMethod.Post, "clients", new
        {
            name = "Robot",
            authentication = "privateKeyJwt",
            roles = new[] { "mcp-user" },
            keys = new[]
            {
                new
                {
                    kty = "EC",
                    crv = "P-256",
                    x = Base64Url.EncodeToString(point.X),
                    y = Base64Url.EncodeToString(point.Y),
                },
            },
        });
        return (string)made["client"]!["id"]!;
    }

    /// <summary>Until the server takes an access token no longer.</summary>
    internal async Task WaitUntilOverAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(LookAgain, TimeProvider.System);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        HttpStatusCode status;
        do
        {
            using var response = await http.GetAsync(Everything, cancellationToken);
            status = response.StatusCode;
        }
        while (status != HttpStatusCode.Unauthorized && await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>An invitation, and the password that its link sets.</summary>
    private async Task JoinAsync(string name, params string[] roles)
    {
        var invited = await SendAsync(HttpMethod.Post, "users", new { loginName = name, roles });
        using var visitor = new FormVisitor();
        var page = await visitor.OpenAsync((string)invited["invitation"]!);
        var account = await visitor.SubmitAsync(page, ("new_password", Password));
        Assert.EndsWith("/account", account.Url.AbsolutePath, StringComparison.Ordinal);
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, object body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, $"{Issuer}/api/v1/tenants/default/{path}")
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Add("If-Match", "*");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _operatorKey);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
