using System.Net.Http.Json;
using System.Text.Json;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Browser;

/// <summary>A fresh Smcp whose first user has not set a password yet, and an app that wants to connect to it.</summary>
internal sealed class LoginSite : IAsyncDisposable
{
    /// <summary>What the app calls itself: markup, if anybody took it for that.</summary>
    public const string AppName = "Notes & <b>Co</b>";

    public const string State = "a&b=\"c\" d";

    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly DataFolder _data;
    private readonly ChildProgram _program;
    private readonly PageServer _app;
    private readonly string _client;

    private LoginSite(DataFolder data, ChildProgram program, PageServer app, (string Invitation, string Url) said,
        string client)
    {
        (_data, _program, _app, _client) = (data, program, app, client);
        (Invitation, Url) = said;
    }

    /// <summary>Where the first user sets the password, as the terminal says it.</summary>
    public string Invitation { get; }

    public string Url { get; }

    /// <summary>Where the app gets its answers.</summary>
    public string RedirectUri => _app.Url + "/callback";

    public static async Task<LoginSite> StartAsync()
    {
        const string invited = "Set the password at ";
        const string ready = "Smcp is ready: ";
        var data = new DataFolder();
        var program = Standalone.Launch(["--urls", "http://127.0.0.1:0", "--data", data.Path]);
        var invitation = (await program.WaitForLineAsync(invited, TimeSpan.FromSeconds(60))).Split(invited)[1];
        var url = (await program.WaitForLineAsync(ready, TimeSpan.FromSeconds(60))).Split(ready)[1].Split(' ')[0];
        var app = await PageServer.StartAsync();
        var client = await RegisterAsync(url, app.Url + "/callback");
        return new LoginSite(data, program, app, (invitation, url), client);
    }

    /// <summary>The app's authorization request.</summary>
    public string Authorize(string? redirectUri = null) => $"{Url}/authorize?" + string.Join('&', new[]
    {
        ("response_type", "code"),
        ("client_id", _client),
        ("redirect_uri", redirectUri ?? RedirectUri),
        ("state", State),
        ("scope", "mcp:tools offline_access"),
        ("resource", $"{Url}/t/default/s/notes/mcp"),
        ("code_challenge", Challenge),
        ("code_challenge_method", "S256"),
    }.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _program.DisposeAsync();
        _data.Dispose();
    }

    private static async Task<string> RegisterAsync(string url, string redirectUri)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{url}/register", new
        {
            client_name = AppName,
            redirect_uris = new[] { redirectUri },
            token_endpoint_auth_method = "none",
        });
        var registered = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return registered.GetProperty("client_id").GetString()!;
    }
}
