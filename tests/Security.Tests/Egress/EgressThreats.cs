using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Smcp.Network.Egress;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;

namespace Smcp.Threats;

/// <summary>The threats of the group Egress.</summary>
internal static class EgressThreats
{
    /// <summary>Asks the proxy of its jail for something, in the way that a script says; the whole answer.</summary>
    private const string Ask =
        """
        use IO::Socket::INET;
        sub ask {
          my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:3128", Timeout => 5) or return "closed";
          print $s $_[0]; local $/; return <$s> // "nothing";
        }

        """;

    /// <summary>An operator who lets in whatever the attacker asks for.</summary>
    private static readonly Removal OfGuard = new();

    public static IReadOnlyList<JailThreat> All { get; } =
    [
        new("a name at an internal address, of any kind", nameof(EgressGuard), OfGuard, AskForInternalAsync),
        new("a server elsewhere at an internal address, however it is spelled", nameof(EgressGuard), OfGuard,
            SpellAsync),
        new("a call back to our own gateway", nameof(EgressGuard), OfGuard, CallBackAsync),
        new("a redirect to an internal address", $"AllowAutoRedirect of {nameof(EgressHttp)}",
            new Removal { Configure = FollowingRemote.Follow }, RedirectAsync),
        new("an allow list that is written round", nameof(EgressRules),
            new Removal { Configure = WidenedRules.Widen }, WriteRoundAsync),
        new("a way round the proxy", "the jail", Removal.OfService<IJails>(_ => new OpenJails()), GoRoundAsync),
        new("a response bomb in a body", "UpstreamRuntimeOptions.MessageBytesMax",
            Removal.OfLimit(("Smcp:Upstream:MessageBytesMax", $"{8 << 20}")), site => IsTakenAsync(site, "body")),
        new("a response bomb in headers", "EgressOptions.HeaderKilobytesMax",
            Removal.OfLimit(("Smcp:Egress:HeaderKilobytesMax", "1024")), site => IsTakenAsync(site, "headers")),
        new("a download without an end", "EgressProxyOptions.ConnectionBytesMax",
            Removal.OfLimit(("Smcp:EgressProxy:ConnectionBytesMax", $"{1 << 30}")), DownloadAsync),
    ];

    private static async Task<bool> AskForInternalAsync(JailSite site)
    {
        var places = new[] { "plain", "mapped", "six", "any", "far", "both" }
            .Select(name => $"{name}.example:{site.Outside.Port}")
            .ToArray();
        LetIn(site, places);
        await DeployAsync(site, "names", [.. places]);
        return await IsReachedAsync(site, () => site.RunAsync(
            $$"""
            {{Ask}}join "|", map { ask("CONNECT $_ HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n") } qw({{Words(places)}})
            """,
            "perl",
            "names"));
    }

    private static async Task<bool> SpellAsync(JailSite site)
    {
        string[] spellings =
        [
            "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "localhost", "[::1]",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "mapped.example",
        ];
        LetIn(site, $"127.0.0.1:{site.Outside.Port}", $"localhost:{site.Outside.Port}");
        return await IsReachedAsync(site, async () =>
        {
            for (var i = 0; i < spellings.Length; i++)
            {
                await DeployRemoteAsync(site, $"spelling-{i}", $"http://{spellings[i]}:{site.Outside.Port}/mcp");
                await site.CallAsync(site.Client($"spelling-{i}"), "any");
            }
        });
    }

    private static async Task<bool> CallBackAsync(JailSite site)
    {
        var place = $"gateway.example:{site.Url.Port}";
        LetIn(site, place);
        await DeployAsync(site, "caller", place);
        var answer = await site.RunAsync(
            $$"""
            {{Ask}}ask("CONNECT {{place}} HTTP/1.1\r\n\r\n"
              . "GET /jwks HTTP/1.1\r\nHost: 127.0.0.1:{{site.Url.Port}}\r\nConnection: close\r\n\r\n")
            """,
            "perl",
            "caller");
        return answer.Contains("\"keys\"", StringComparison.Ordinal);
    }

    private static async Task<bool> RedirectAsync(JailSite site)
    {
        await DeployHostileAsync(site);
        return await IsReachedAsync(site, () => site.CallAsync(
            site.Client("hostile"),
            "redirect",
            new JsonObject { ["to"] = $"http://127.0.0.1:{site.Outside.Port}/" }));
    }

    /// <summary>The operator lets the place in, and the attacker's own settings do not.</summary>
    private static async Task<bool> WriteRoundAsync(JailSite site)
    {
        var (inner, outer) = ($"plain.example:{site.Open.Port}", $"outer.example:{site.Outside.Port}");
        await DeployAsync(site, "narrow", inner);
        return await IsReachedAsync(site, () => site.RunAsync(
            $$"""
            {{Ask}}my ($i, $o, $p) = ("{{inner}}", "{{outer}}", {{site.Outside.Port}});
            my $one = "HTTP/1.1\r\nConnection: close\r\n"; my $two = "HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n";
            join "|", map { ask($_) } (
              (map { "CONNECT $_ $two" } $o, "OUTER.example.:$p", "$i\@$o", "$i\0$o", "$i $o", "127.0.0.1:$p"),
              (map { "GET $_ ${one}Host: $i\r\n\r\n" } "http://$o/", "http://$i\@$o/", "http://$i#\@$o/",
                "http://$i\\\@$o/", "ftp://$o/", "https://$o/"),
              "GET / ${one}Host: $o\r\n\r\n", "GET http://$i/ ${one}X: 1\nHost: $o\r\n\r\n",
              "GET http://$i/ HTTP/1.1\r\nHost: $o\r\n\r\nGET http://$o/ ${one}Host: $o\r\n\r\n");
            """,
            "perl",
            "narrow"));
    }

    private static Task<bool> GoRoundAsync(JailSite site) => IsReachedAsync(site, () => site.RunAsync(
        $"{Ask}IO::Socket::INET->new(PeerAddr => $_, PeerPort => {site.Outside.Port}, Timeout => 1) "
            + "for qw(127.0.0.1 0.0.0.0 127.255.255.254); 1",
        "perl"));

    private static async Task<bool> IsTakenAsync(JailSite site, string tool)
    {
        await DeployHostileAsync(site);
        var answer = await site.CallAsync(site.Client("hostile"), tool);
        return answer == "done" || answer.StartsWith("xxx", StringComparison.Ordinal);
    }

    private static async Task<bool> DownloadAsync(JailSite site)
    {
        await DeployAsync(site, "download", $"plain.example:{site.Open.Port}");
        var had = await site.RunAsync(
            $$"""{{Ask}}length ask("GET http://plain.example:{{site.Open.Port}}{{Outside.Big}} HTTP/1.1\r\n\r\n")""",
            "perl",
            "download");
        return int.Parse(had, CultureInfo.InvariantCulture) >= Outside.BigBytes;
    }

    private static async Task<bool> IsReachedAsync(JailSite site, Func<Task> attack)
    {
        var before = await site.Outside.SeenAsync();
        await attack();
        return await site.Outside.SeenAsync() > before;
    }

    private static void LetIn(JailSite site, params string[] places)
    {
        if (ReferenceEquals(site.Removal, OfGuard))
        {
            var internals = site.Services.GetRequiredService<IOptions<EgressProxyOptions>>().Value.InternalPlaces;
            foreach (var place in places)
            {
                internals.Add(place);
            }
        }
    }

    private static Task DeployAsync(JailSite site, string server, params string[] places)
    {
        var settings = JailSite.ProgramSettings();
        settings["egress"] = new JsonArray([.. places.Select(place => (JsonNode)place)]);
        return site.DeployAsync(JailSite.Tenant, server, settings);
    }

    private static Task DeployRemoteAsync(JailSite site, string server, string url) => site.DeployAsync(
        JailSite.Tenant,
        server,
        new JsonObject
        {
            ["runtime"] = "remote",
            ["manifest"] = "live",
            ["remote"] = new JsonObject { ["url"] = url },
        },
        []);

    /// <summary>It is reached and answers, as long as it does no harm.</summary>
    private static async Task DeployHostileAsync(JailSite site)
    {
        await DeployRemoteAsync(site, "hostile", new Uri(site.Upstream.Url, "/mcp").ToString());
        Assert.Equal("done", await site.CallAsync(site.Client("hostile"), "harmless"));
    }

    private static string Words(IEnumerable<string> words) => string.Join(' ', words);
}
