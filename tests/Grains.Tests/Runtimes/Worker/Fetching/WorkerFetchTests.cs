using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>Real workers that fetch, with a host that they may reach and one that nobody may.</summary>
public sealed class WorkerFetchTests : IAsyncLifetime
{
    private const string Probe =
        """
        import { connect } from "cloudflare:sockets";
        const text = (bytes) => new TextDecoder().decode(bytes);
        const tell = async (answer) => ({
          status: answer.status, refused: answer.headers.get("smcp-refused"), text: await answer.text(),
          url: answer.url, answered: answer.headers.get("x-answered"),
        });
        const ways = {
          get: async ({ url, init }) => tell(await fetch(url, init)),
          all: ({ urls }) => Promise.all(urls.map(async (url) => {
            try { return await tell(await fetch(url)); } catch (error) { return { error: String(error) }; }
          })),
          many: async ({ url, times }) => {
            const statuses = [];
            for (let i = 0; i < times; i++) {
              const answer = await fetch(url);
              statuses.push(answer.status);
              await answer.text();
            }
            return statuses;
          },
          slowly: async ({ url, then }) => {
            const reader = (await fetch(url)).body.getReader();
            const first = await reader.read();
            await (await fetch(then)).text();
            const second = await reader.read();
            return [text(first.value), text(second.value)];
          },
          socket: async ({ address }) => {
            try {
              const socket = connect(address);
              await socket.opened;
              return { error: null };
            } catch (error) { return { error: String(error) }; }
          },
        };
        export default { async fetch(request) {
          const asked = await request.json();
          return Response.json(await ways[asked.way](asked));
        } };
        """;

    private FetchSite _site = null!;
    private WorkerHost _host = null!;

    public async Task InitializeAsync()
    {
        _site = await FetchSite.StartAsync();
        _host = await _site.HostAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _site.DisposeAsync();
    }

    [WorkerFact]
    public async Task Fetch_ReachesItsPlaces_ByHttpAndTls()
    {
        _site.Answer = async context =>
        {
            context.Response.StatusCode = 418;
            context.Response.Headers["X-Answered"] = "yes";
            context.Response.Headers["Smcp-Refused"] = "a lie";
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Scheme} {context.Request.Host.Host} "
                + $"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers["X-Said"]} "
                + $"{context.Request.Headers["Smcp-Binding"]}{await reader.ReadToEndAsync()}");
        };
        using var client = WorkerHost.ClientOf(_host.Worker(Probe, _site.Settings));
        var init = new JsonObject
        {
            ["method"] = "POST",
            ["body"] = "sent",
            ["headers"] = new JsonObject { ["x-said"] = "this", ["host"] = "other.example", ["smcp-binding"] = "KV" },
        };

        var plain = await AskAsync(
            client, "get", ("url", $"http://api.example:{_site.Port}/a%2Fb?c=%41"), ("init", init));
        var tls = await AskAsync(
            client, "get", ("url", $"https://api.example:{_site.TlsPort}/x"), ("init", init.DeepClone()));

        Assert.Equal("POST http api.example /a%2Fb?c=%41 this sent", (string?)plain!["text"]);
        Assert.Equal("POST https api.example /x this sent", (string?)tls!["text"]);
        Assert.Equal((418, "yes", null), ((int)tls["status"]!, (string?)tls["answered"], (string?)tls["refused"]));
        Assert.Empty(_host.Audit.Events);
    }

    [WorkerFact]
    public async Task Fetch_HasWhatComesSlowly_AsItComes()
    {
        var released = new TaskCompletionSource();
        _site.Answer = async context =>
        {
            if (context.Request.Path == "/release")
            {
                released.SetResult();
                return;
            }

            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await released.Task;
            await context.Response.WriteAsync("second");
        };
        using var client = WorkerHost.ClientOf(_host.Worker(Probe, _site.Settings));
        var at = $"http://api.example:{_site.Port}";

        var parts = await AskAsync(client, "slowly", ("url", at + "/slow"), ("then", at + "/release"));

        Assert.Equal("""["first","second"]""", parts!.ToJsonString());
    }

    [WorkerFact]
    public async Task Fetch_SaysThatItIsRefused_WhereNothingIsAllowed()
    {
        using var client = WorkerHost.ClientOf(_host.Worker(Probe, _site.Settings with { Egress = [] }));

        var answer = await AskAsync(client, "get", ("url", $"http://api.example:{_site.Port}/"));

        Assert.Equal((403, "not-allowed"), ((int)answer!["status"]!, (string?)answer["refused"]));
        Assert.Equal(
            $"api.example:{_site.Port} is not among the places that this server may connect to.\n",
            (string?)answer["text"]);
        var record = Assert.Single(_host.Audit.Events);
        Assert.Equal(("egress.denied", "not allowed"), (record.Action, record.Reason));
    }

    [WorkerFact]
    public async Task InternalAddresses_AreNotReached_HoweverTheyAreSpelled()
    {
        var port = _site.ForbiddenPort;
        _site.Answer = context =>
        {
            context.Response.Redirect($"http://{context.Request.Path.Value![1..]}:{port}/");
            return Task.CompletedTask;
        };
        string[] hosts =
        [
            "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "[::1]",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "0.0.0.0", "0", "[::]", "①②⑦.⓪.⓪.①",
            "127。0。0。1", "127.0.0.1.", "localhost", "localhost.", "LOCALHOST", "inside.example", "INSIDE.example.",
            "169.254.169.254", "api.example@127.0.0.1", "api.example%2f@127.0.0.1",
            "127.0.0.1%2f.api.example", "other.example",
        ];
        using var client = WorkerHost.ClientOf(_host.Worker(Probe, _site.Settings));
        var urls = hosts.Select(host => $"http://{host}:{port}/")
            .Append($"https://inside.example:{port}/")
            .Append($"ftp://inside.example:{port}/")
            .Append($"http://api.example:{port}/")
            .Append($"http://api.example:{_site.Port}/inside.example")
            .Append($"http://api.example:{_site.Port}/127.0.0.1")
            .Append($"http://api.example:{_site.Port}/2130706433");

        var answers = await AskAsync(client, "all", ("urls", new JsonArray([.. urls.Select(url => (JsonNode)url)])));

        // A spelling that is no URL is refused by the worker's own reading of it, or by our server's.
        Assert.All(answers!.AsArray(), answer => Assert.True(
            answer!["error"] is not null || (int)answer["status"]! == 400
                || (string?)answer["refused"] == "not-allowed",
            answer.ToJsonString()));
        Assert.True(answers.AsArray().Count(answer => (string?)answer!["refused"] == "not-allowed") > 20);
        Assert.False(_site.WasReached);
        Assert.Contains(_host.Audit.Events, entry => entry.Reason == "internal");
    }

    [WorkerFact]
    public async Task Sockets_AreNotOpened()
    {
        using var client = WorkerHost.ClientOf(_host.Worker(Probe, _site.Settings));

        foreach (var host in (string[])["127.0.0.1", "localhost", "inside.example"])
        {
            var answer = await AskAsync(client, "socket", ("address", $"{host}:{_site.ForbiddenPort}"));
            Assert.NotNull((string?)answer!["error"]);
        }

        var allowed = await AskAsync(client, "socket", ("address", $"api.example:{_site.Port}"));
        Assert.NotNull((string?)allowed!["error"]);
        Assert.False(_site.WasReached);
    }

    [WorkerFact]
    public async Task Host_ThatDoesNotProveItself_IsNotBelieved()
    {
        using var client = WorkerHost.ClientOf(_host.Worker(Probe, _site.Settings));

        var answer = await AskAsync(client, "get", ("url", $"https://spare.example:{_site.TlsPort}/"));

        Assert.Equal((502, "not-reached"), ((int)answer!["status"]!, (string?)answer["refused"]));
        Assert.Contains("TLS", (string?)answer["text"], StringComparison.Ordinal);
    }

    [WorkerFact]
    public async Task Subrequests_AreBoundedForEachCall()
    {
        var settings = _site.Settings;
        using var client = WorkerHost.ClientOf(_host.Worker(
            Probe, settings with { Worker = settings.Worker! with { Subrequests = 2 } }));
        var url = $"http://api.example:{_site.Port}/";

        var first = await AskAsync(client, "many", ("url", url), ("times", 3));
        var second = await AskAsync(client, "many", ("url", url), ("times", 1));

        Assert.Equal("[200,200,429]", first!.ToJsonString());
        Assert.Equal("[200]", second!.ToJsonString());
    }

    private static async Task<JsonNode?> AskAsync(
        HttpClient client, string way, params (string Name, JsonNode Value)[] more)
    {
        var asked = new JsonObject { ["way"] = way };
        foreach (var (name, value) in more)
        {
            asked[name] = value;
        }

        using var answer = await client.PostAsync(
            "/", new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    }
}
