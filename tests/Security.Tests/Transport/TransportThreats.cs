using System.Net;
using System.Text;
using Smcp.Identity;
using Smcp.Network;
using Smcp.Network.Rules;
using Smcp.Network.Tls;
using Smcp.Quotas;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Samples.Notes;

namespace Smcp.Threats;

/// <summary>The threats of the group Transport.</summary>
internal static class TransportThreats
{
    private const string Revision = "2025-03-26";
    private const string Path = "/t/default/s/notes/mcp";

    public static IReadOnlyList<Threat> All { get; } =
    [
        new("a page of another origin", nameof(OriginGuard), Removal.OfGuard<OriginGuard>(),
            removal => PingAsync(removal, request => request.Headers.Add("Origin", "https://evil.example"))),
        new("a rebound host name", nameof(HostGuard), Removal.OfGuard<HostGuard>(),
            removal => PingAsync(removal, request => request.Headers.Host = "evil.example")),
        new("a token in the query", nameof(RequestRuleGuard), Removal.OfGuard<RequestRuleGuard>(),
            removal => PingAsync(removal, request =>
                request.RequestUri = new Uri($"{Path}?access_token=x", UriKind.Relative))),
        new("plain HTTP from another machine", nameof(TransportGuard), Removal.OfGuard<TransportGuard>(),
            removal => PingAsync(
                removal, request => request.Headers.Add("X-Forwarded-For", "198.51.100.7"),
                ("Smcp:Gateway:Network:Forwarding:KnownProxies:0", "127.0.0.1"))),
        new("a flood of one address", nameof(RateGuard), Removal.OfGuard<RateGuard>(), FloodAsync),
        new("an oversized body", "NetworkOptions.BodyBytesMax",
            Removal.OfLimit(("Smcp:Gateway:Network:BodyBytesMax", "8388608")),
            removal => PingAsync(removal, request => request.Content = Json(
                PingWith($"\"{new string('a', 2 << 20)}\"")))),
        new("a deeply nested body", "McpOptions.DepthMax", Removal.OfLimit(("Smcp:Gateway:Mcp:DepthMax", "256")),
            removal => PingAsync(removal, request => request.Content = Json(
                PingWith(Nested(100))))),
        new("a batch bomb", "McpOptions.BatchMax", Removal.OfLimit(("Smcp:Gateway:Mcp:BatchMax", "1000")),
            removal => PingAsync(removal, request => request.Content = Json(
                $"[{string.Join(',', Enumerable.Range(1, 200).Select(Ping))}]"))),
        new("stream exhaustion", "McpOptions.StreamsPerSessionMax",
            Removal.OfLimit(("Smcp:Gateway:Mcp:StreamsPerSessionMax", "1000")), OpenManyAsync),
    ];

    private static string Ping(int id) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""";

    private static string PingWith(string member) =>
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":" + member + "}}";

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>Whether a request of a valid caller, altered so, is served.</summary>
    private static async Task<bool> PingAsync(
        Removal removal, Action<HttpRequestMessage> alter, params (string Key, string Value)[] settings)
    {
        await using var host = await StartAsync(removal, settings);
        var (key, session) = await OpenAsync(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = Json(Ping(1)) };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("Mcp-Session-Id", session);
        alter(request);
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<bool> FloodAsync(Removal removal)
    {
        await using var host = await StartAsync(
            removal, ("Smcp:Gateway:Limits:LimitLoopback", "true"), ("Smcp:Gateway:Limits:AddressBurst", "20"));
        for (var i = 0; i < 30; i++)
        {
            using var response = await host.Client.GetAsync("/jwks");
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a client of one session may hold forty streams open.</summary>
    private static async Task<bool> OpenManyAsync(Removal removal)
    {
        await using var host = await StartAsync(removal, ("Smcp:Sessions:ListeningStreamsMax", "1000"));
        var (key, session) = await OpenAsync(host);
        var caller = McpCaller.Of(host, Revision, key);
        caller.Session = session;
        var streams = new List<HttpResponseMessage>();
        while (streams.Count < 40 && (streams.Count == 0 || streams[^1].IsSuccessStatusCode))
        {
            streams.Add(await caller.AskAsync(HttpMethod.Get));
        }

        var all = streams.All(stream => stream.IsSuccessStatusCode);
        streams.ForEach(stream => stream.Dispose());
        return all;
    }

    private static async Task<(string Key, string Session)> OpenAsync(SecurityHost host)
    {
        var key = await ResourceServerHost.KeyAsync(host, "mcp-user", McpScopes.Tools);
        var caller = McpCaller.Of(host, Revision, key);
        // Through a proxy that is known the caller is this machine, so that only what the attack alters is refused.
        host.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        await caller.OpenAsync();
        host.Client.DefaultRequestHeaders.Clear();
        return (key, caller.Session!);
    }

    private static Task<SecurityHost> StartAsync(Removal removal, params (string Key, string Value)[] settings) =>
        removal.StartAsync(services => services.AddCSharpServers(typeof(NotesServer).Assembly), settings);
}
