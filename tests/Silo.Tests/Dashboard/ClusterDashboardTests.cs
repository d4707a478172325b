using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;
using Smcp.Testing;

namespace Smcp.Dashboard;

/// <summary>
/// Orleans' dashboard at a gateway apart from the silo: operators see the nodes, nobody else anything.
/// </summary>
public sealed class ClusterDashboardTests
{
    private const string Shown = "--Smcp:Silo:Dashboard=true";

    private static readonly string[] Paths =
    [
        "/cluster", "/cluster/", "/CLUSTER/", "/cluster/index.html", "/cluster/index.min.js", "/cluster/Trace",
        "/cluster/DashboardCounters", "/Cluster/Reminders/1", "/cluster/GrainState?grainId=a&grainType=b",
    ];

    [Fact]
    public async Task Dashboard_ShowsTheNodesToOperators_AndNothingToOthers()
    {
        using var folder = new DataFolder();
        var ports = FreePorts.Take(2);
        var key = Path.Combine(folder.Path, "operator.key");
        await using var silo = await NodeProgram.StartAsync(
            [.. LocalNodes.Silo(ports[0], ports[1], ports[0]), Shown], LocalNodes.Environment);
        await using var gateway = await NodeProgram.StartAsync(
            [
                "--role", "gateway", "--gateway-port", LocalNodes.Text(ports[1]), "--urls", "http://127.0.0.1:0",
                $"--Smcp:Silo:OperatorKeyFile={key}", Shown,
            ],
            LocalNodes.Environment);
        var operators = (await File.ReadAllTextAsync(key)).Trim();
        using var http = new HttpClient { BaseAddress = gateway.Url };

        await RefuseAsync(http, null, HttpStatusCode.Unauthorized);
        await RefuseAsync(http, await AdministratorAsync(http, operators), HttpStatusCode.NotFound);

        using var page = await AskAsync(http, "/cluster/", operators);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(1, await HostsAsync(http, operators));
        using var state = await AskAsync(http, "/cluster/GrainState?grainId=default&grainType=x", operators);
        Assert.Equal(HttpStatusCode.NotFound, state.StatusCode);
        using var trace = await AskAsync(http, "/cluster/Trace", operators);
        Assert.Equal(HttpStatusCode.Forbidden, trace.StatusCode);
    }

    private static async Task RefuseAsync(HttpClient http, string? key, HttpStatusCode status)
    {
        foreach (var path in Paths)
        {
            using var answer = await AskAsync(http, path, key);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    private static async Task<int> HostsAsync(HttpClient http, string key)
    {
        using var counters = await AskAsync(http, "/cluster/DashboardCounters", key);
        Assert.Equal(HttpStatusCode.OK, counters.StatusCode);
        return JsonNode.Parse(await counters.Content.ReadAsStringAsync())!["hosts"]!.AsArray().Count;
    }

    /// <summary>Of the tenant <c>default</c>, who may do everything in it.</summary>
    private static async Task<string> AdministratorAsync(HttpClient http, string operators)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tenants/default/keys")
        {
            Content = new StringContent(
                """{"name":"admin","scopes":["mcp:admin"],"roles":["admin"]}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", operators) },
        };
        using var made = await http.SendAsync(request);
        return JsonNode.Parse(await made.Content.ReadAsStringAsync())!["text"]!.GetValue<string>();
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return await http.SendAsync(request);
    }
}
