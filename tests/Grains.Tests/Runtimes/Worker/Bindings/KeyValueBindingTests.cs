using System.Text;
using System.Text.Json.Nodes;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Security.Secrets;

namespace Smcp.Runtimes.Worker.Bindings;

public sealed class KeyValueBindingTests
{
    /// <summary>Runs what it is sent: the tests say in JavaScript what they ask.</summary>
    private const string Evaluator =
        """
        const steps = {
          async roundTrip({ KV }) {
            const keys = ["a", "a/b", "ä ö", "%2F", "a?b=c#d", "+", "\"'\\", "👾"];
            for (const key of keys) await KV.put(key, "of " + key);
            return [await Promise.all(keys.map((key) => KV.get(key))), await KV.get("none")];
          },
          async types({ KV }) {
            await KV.put("json", JSON.stringify({ a: [1] }));
            await KV.put("bytes", new Uint8Array([0, 255, 1]));
            await KV.put("stream", new Response("streamed").body);
            return [
              await KV.get("json", "json"), [...new Uint8Array(await KV.get("bytes", "arrayBuffer"))],
              await new Response(await KV.get("stream", { type: "stream" })).text(),
            ];
          },
          async metadata({ KV }) {
            await KV.put("m", "v", { metadata: { who: "ä\n", n: 1 } });
            return [await KV.getWithMetadata("m"), (await KV.list()).keys];
          },
          async expiry({ KV }) {
            await KV.put("soon", "v", { expirationTtl: 60 });
            await KV.put("then", "v", { expiration: 2000000000 });
            return (await KV.list()).keys.map((key) => [key.name, key.expiration]);
          },
          async remove({ KV }) {
            await KV.put("gone", "v");
            await KV.delete("gone");
            await KV.delete("never");
            return await KV.get("gone");
          },
          async pages({ KV }) {
            for (let i = 0; i < 7; i++) await KV.put(`p/${i}`, "v");
            await KV.put("q", "v");
            const names = [];
            let cursor, pages = 0;
            do {
              const page = await KV.list({ prefix: "p/", limit: 3, cursor });
              names.push(...page.keys.map((key) => key.name));
              cursor = page.list_complete ? undefined : page.cursor;
              pages++;
            } while (cursor);
            return [names, pages];
          },
          async many({ KV }) {
            await KV.put("one", "1", { metadata: "m" });
            const plain = await KV.get(["one", "two"]);
            const full = await KV.getWithMetadata(["one", "two"]);
            return [[...plain], [...full]];
          },
          async tooLarge({ KV }) {
            try { await KV.put("large", "x".repeat(40000)); return "kept"; } catch (error) { return error.message; }
          },
          async two({ KV, OTHER }) {
            await KV.put("same", "kv");
            await OTHER.put("same", "other");
            return [await KV.get("same"), await OTHER.get("same"), (await OTHER.list()).keys.length];
          },
        };
        export default { async fetch(request, env) {
          try { return Response.json(await steps[await request.text()](env)); }
          catch (error) { return Response.json("failed: " + error.message); }
        } };
        """;

    [WorkerdFact]
    public async Task Value_ComesBack_ForEveryKey()
    {
        var seen = await RunAsync("roundTrip");

        Assert.Equal(
            """[["of a","of a/b","of ä ö","of %2F","of a?b=c#d","of +","of \"'\\","of 👾"],null]""", seen);
    }

    [WorkerdFact]
    public async Task Value_HasTheTypeThatIsAskedFor() =>
        Assert.Equal("""[{"a":[1]},[0,255,1],"streamed"]""", await RunAsync("types"));

    [WorkerdFact]
    public async Task Metadata_IsKept()
    {
        var seen = JsonNode.Parse(await RunAsync("metadata"))!;

        Assert.Equal("v", (string?)seen[0]!["value"]);
        Assert.Equal("ä\n", (string?)seen[0]!["metadata"]!["who"]);
        Assert.Equal("ä\n", (string?)seen[1]![0]!["metadata"]!["who"]);
    }

    [WorkerdFact]
    public async Task Expiry_IsTheTimeThatWasGiven()
    {
        await using var host = await TenantDataHost.StartAsync();
        var at = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 60;

        Assert.Equal($"""[["soon",{at}],["then",2000000000]]""", await RunAsync("expiry", host));

        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(await host.DataOf("acme/notes/shared").KeyValues.GetAsync("KV/soon"));
        Assert.NotNull(await host.DataOf("acme/notes/shared").KeyValues.GetAsync("KV/then"));
    }

    [WorkerdFact]
    public async Task Value_IsGone_AfterDelete() => Assert.Equal("null", await RunAsync("remove"));

    [WorkerdFact]
    public async Task List_GoesOnAtItsCursor() =>
        Assert.Equal("""[["p/0","p/1","p/2","p/3","p/4","p/5","p/6"],3]""", await RunAsync("pages"));

    [WorkerdFact]
    public async Task Keys_AreReadTogether() => Assert.Equal(
        """[[["one","1"],["two",null]],[["one",{"value":"1","metadata":"m"}],["two",null]]]""", await RunAsync("many"));

    [WorkerdFact]
    public async Task Value_ThatIsTooLarge_IsRefused() =>
        Assert.Equal("\"KV PUT failed: 413 The value is too large\"", await RunAsync("tooLarge"));

    [WorkerdFact]
    public async Task Namespace_IsApart() => Assert.Equal("""["kv","other",1]""", await RunAsync("two"));

    [WorkerdFact]
    public async Task Value_OfAnotherTenant_IsNotThere()
    {
        await using var host = await TenantDataHost.StartAsync();
        await host.DataOf("globex/notes/shared").KeyValues.SetAsync("KV/none", "theirs"u8.ToArray());
        await host.DataOf("acme/mail/shared").KeyValues.SetAsync("KV/none", "theirs"u8.ToArray());

        Assert.EndsWith(",null]", await RunAsync("roundTrip", host), StringComparison.Ordinal);
        var kept = await host.DataOf("acme/notes/shared").KeyValues.GetAsync("KV/a");
        Assert.Equal("of a", Encoding.UTF8.GetString(kept!.Value.Span));
    }

    [WorkerdFact]
    public async Task Subrequest_BeyondTheBudget_IsRefused()
    {
        await using var host = await TenantDataHost.StartAsync();
        await using var running = new RunningWorkerd { Budget = new SubrequestBudget(3) };
        Assert.Equal(
            "\"failed: KV PUT failed: 429 Too many subrequests\"", await RunAsync("roundTrip", host, running));
    }

    private static async Task<string> RunAsync(string step)
    {
        await using var host = await TenantDataHost.StartAsync();
        return await RunAsync(step, host);
    }

    private static async Task<string> RunAsync(string step, TenantDataHost host)
    {
        await using var running = new RunningWorkerd();
        return await RunAsync(step, host, running);
    }

    private static async Task<string> RunAsync(string step, TenantDataHost host, RunningWorkerd running)
    {
        running.Modules.Add(
            new WorkerModule("main.mjs", WorkerModuleKind.EsModule, Encoding.UTF8.GetBytes(Evaluator)));
        running.Members.Add(new WorkerBinding("KV", WorkerBindingKind.KeyValues));
        running.Members.Add(new WorkerBinding("OTHER", WorkerBindingKind.KeyValues));
        await running.StartAsync(host.DataOf("acme/notes/shared"));
        return await running.AskAsync(step);
    }
}
