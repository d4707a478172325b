using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;

namespace Smcp.EndToEnd.Conformance;

/// <summary>
/// A running Smcp that reaches the suite's servers, and what the suite runs as its client: an administrator and a user
/// of it, as one program that is there for all scenarios.
/// </summary>
public sealed partial class ConnectorFixture : IAsyncLifetime, IDisposable
{
    private const string Public = "https://conformance-test.local";
    private const string Password = "four unrelated words";
    private const int PortsMax = 120;

    private readonly string _data = Directory.CreateTempSubdirectory("smcp-").FullName;
    private readonly HeldPorts _held = new(PortsMax);
    private Standalone? _standalone;
    private ChildProgram? _connector;
    private string _url = string.Empty;

    /// <summary>What the suite needs to know.</summary>
    internal Dictionary<string, string> Environment => new()
    {
        ["SUITE_PORTS"] = string.Join(' ', _held.Ports),
        ["CONNECTOR_URL"] = _url,
    };

    public async Task InitializeAsync()
    {
        if (!Workspace.HasPackages("clients"))
        {
            return;
        }

        _standalone = await Standalone.StartAsync(
            _data,
            [
                "--Smcp:CSharp:Access=Tenant",
                $"--Smcp:Gateway:PublicUrls:0={Public}",
                "--Smcp:Remote:RequireTls=false",

                // All scenarios begin at once, and a server that is slow to say what it speaks is taken for an old one.
                "--Smcp:Upstream:ProbeTimeout=00:01:00",
                .. _held.Ports.Select((port, index) => string.Create(
                    CultureInfo.InvariantCulture, $"--Smcp:EgressProxy:InternalPlaces:{index}=localhost:{port}")),
            ]);
        var key = Administration.KeyOf(_data);
        using var administration = new Administration(_standalone, key);
        _connector = ChildProgram.Start(
            Workspace.Node,
            [Path.Combine(Workspace.Scripts, "clients", "connector.mjs")],
            new Dictionary<string, string>
            {
                ["SMCP_URL"] = _standalone.Url.ToString(),
                ["SMCP_KEY"] = key,
                ["SMCP_CLIENT_KEY"] = await administration.KeyAsync("default", "mcp:read mcp:tools"),
                ["SMCP_COOKIE"] = await LogInAsync(_standalone, administration),
            });
        var line = await _connector.WaitForLineAsync("ready: ", TimeSpan.FromMinutes(1));
        _url = line["ready: ".Length..];
    }

    public async Task DisposeAsync()
    {
        if (_connector is not null)
        {
            await _connector.DisposeAsync();
        }

        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    public void Dispose() => _held.Dispose();

    /// <summary>
    /// The cookies of an administrator's browser: the product believes that it is reached by https, and cookies of that
    /// no client of plain HTTP would send back.
    /// </summary>
    private static async Task<string> LogInAsync(Standalone smcp, Administration administration)
    {
        var invited = await administration.DoAsync(
            "POST", "tenants/default/users", """{"loginName":"ada","roles":["admin"]}""");
        var link = new Uri((string)invited!["invitation"]!).PathAndQuery;
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = smcp.Url,
        };
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        using var shown = await http.GetAsync(link);
        Keep(cookies, shown);
        var page = await shown.Content.ReadAsStringAsync();
        var fields = HiddenField().Matches(page).ToDictionary(
            field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        fields["new_password"] = Password;
        using var request = new HttpRequestMessage(HttpMethod.Post, link);
        request.Content = new FormUrlEncodedContent(fields);
        request.Headers.Add("Cookie", Written(cookies));
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var joined = await http.SendAsync(request);
        Keep(cookies, joined);
        Assert.True(cookies.Count >= 2, $"{(int)joined.StatusCode} {await joined.Content.ReadAsStringAsync()}");
        return Written(cookies);
    }

    private static void Keep(Dictionary<string, string> cookies, HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            cookies[pair[0]] = pair[1];
        }
    }

    private static string Written(Dictionary<string, string> cookies) =>
        string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
