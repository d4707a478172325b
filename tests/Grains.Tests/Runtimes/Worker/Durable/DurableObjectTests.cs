using System.Text;
using Smcp.Hosting;
using Smcp.Servers;
using Smcp.Tenants;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>Durable Objects in real processes of workerd, in real jails, over a server's encrypted objects.</summary>
public sealed class DurableObjectTests
{
    /// <summary>A request's path is the object's name and what is asked of it.</summary>
    private const string Objects =
        """
        import { DurableObject } from "cloudflare:workers";
        export class Counter extends DurableObject {
          async fetch(request) {
            const { storage } = this.ctx;
            const [, , step, text] = new URL(request.url).pathname.split("/");
            const add = async (kept) => {
              const n = ((await kept.get("n")) ?? 0) + 1;
              await kept.put("n", n);
              return n;
            };
            const steps = {
              add: () => add(storage),
              read: async () => (await storage.get("n")) ?? 0,
              transaction: () => storage.transaction(async (kept) => {
                const n = await add(kept);
                if (text === "undo") kept.rollback();
                return n;
              }),
              put: async () => { await storage.put({ a: "1", b: { deep: [1] } }); return true; },
              list: async () => [...await storage.list({ prefix: text ?? "" })],
              remove: async () => await storage.delete(text),
              wipe: async () => { await storage.deleteAll(); return true; },
              sql: () => {
                storage.sql.exec("CREATE TABLE IF NOT EXISTS t (a TEXT)");
                storage.sql.exec("INSERT INTO t VALUES (?)", "x");
                return storage.sql.exec("SELECT COUNT(*) AS n FROM t").one().n;
              },
              alarm: async () => { await storage.setAlarm(Date.now() + Number(text)); return true; },
              rang: async () => {
                while (!(await storage.get("rang"))) await new Promise((done) => setTimeout(done, 50));
                return true;
              },
              random: async () => {
                await storage.put("random", crypto.getRandomValues(new Uint8Array(Number(text))));
                return true;
              },
              wait: async () => { await add(storage); await new Promise(() => setTimeout(() => {}, 60_000)); },
            };
            return Response.json(await steps[step]());
          }
          async alarm() { await this.ctx.storage.put("rang", true); }
        }
        export default {
          async fetch(request, { COUNTER }) {
            const [, name] = new URL(request.url).pathname.split("/");
            try { return await COUNTER.get(COUNTER.idFromName(name)).fetch(request); }
            catch (error) { return Response.json("failed: " + error.message, { status: 503 }); }
          },
        };
        """;

    private static readonly ServerSettings Settings = new()
    {
        Runtime = RuntimeKind.Worker,
        Worker = new WorkerSettings
        {
            Main = "main.mjs",
            DurableObjects = new Dictionary<string, string> { ["COUNTER"] = "Counter" },
        },
    };

    [WorkerFact]
    public async Task Storage_IsCloudflares()
    {
        await using var host = await WorkerHost.StartAsync();
        using var client = WorkerHost.ClientOf(host.Worker(Objects, Settings));

        Assert.Equal("1", await AskAsync(client, "a/add"));
        Assert.Equal("2", await AskAsync(client, "a/transaction"));
        Assert.Equal("3", await AskAsync(client, "a/transaction/undo"));
        Assert.Equal("2", await AskAsync(client, "a/read"));
        Assert.Equal("0", await AskAsync(client, "b/read"));
        Assert.Equal("true", await AskAsync(client, "c/put"));
        Assert.Equal("""[["a","1"],["b",{"deep":[1]}]]""", await AskAsync(client, "c/list"));
        Assert.Equal("true", await AskAsync(client, "c/remove/a"));
        Assert.Equal("[]", await AskAsync(client, "c/list/a"));
        Assert.Equal("true", await AskAsync(client, "c/wipe"));
        Assert.Equal("[]", await AskAsync(client, "c/list"));
        Assert.Equal("1", await AskAsync(client, "a/sql"));
        Assert.Equal("true", await AskAsync(client, "a/alarm/1"));
        Assert.Equal("true", await AskAsync(client, "a/rang"));
    }

    [WorkerFact]
    public async Task WhatWasAnswered_SurvivesTheProcess()
    {
        await using var host = await WorkerHost.StartAsync();
        var worker = host.Worker(Objects, Settings);
        using var client = WorkerHost.ClientOf(worker);

        for (var round = 1; round <= 3; round++)
        {
            Assert.Equal($"{round}", await AskAsync(client, "a/add"));
            Assert.Equal($"{round}", await AskAsync(client, "a/sql"));
            await worker.Running!.KillAsync();
        }

        Assert.Equal("3", await AskAsync(client, "a/read"));
    }

    [WorkerFact]
    public async Task Alarm_ThatTheProcessDidNotLiveToSee_RingsInTheNext()
    {
        await using var host = await WorkerHost.StartAsync();
        var worker = host.Worker(Objects, Settings);
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal("true", await AskAsync(client, "a/alarm/2000"));
        await worker.Running!.KillAsync();

        Assert.Equal("true", await AskAsync(client, "a/rang"));
    }

    [WorkerFact]
    public async Task Server_HasItsOwn_OfTheSameNameAndClass()
    {
        await using var host = await WorkerHost.StartAsync();
        string[] servers = ["acme/notes", "acme/mail", "globex/notes"];

        foreach (var server in servers)
        {
            using var client = WorkerHost.ClientOf(host.WorkerOf(server, Objects, Settings));
            Assert.Equal("1", await AskAsync(client, "a/add"));
        }

        foreach (var server in servers)
        {
            var keys = await KeysAsync(host, server);
            Assert.Equal(1, keys.Count(DurableKeys.IsOwner));
            Assert.All(keys, key => Assert.StartsWith("durable-objects/v1/", key, StringComparison.Ordinal));
        }
    }

    [WorkerFact]
    public async Task Quota_Binds_AndWhatWasThereStays()
    {
        await using var host = await WorkerHost.StartWithinAsync(new TenantQuotas { StorageBytes = 100_000 });
        using var client = WorkerHost.ClientOf(host.Worker(Objects, Settings));
        Assert.Equal("1", await AskAsync(client, "a/add"));

        var refused = await AskAsync(client, "a/random/200000");

        Assert.Contains("failed", refused, StringComparison.Ordinal);
        Assert.Equal("1", await AskAsync(client, "a/read"));
        Assert.Equal("2", await AskAsync(client, "a/add"));
    }

    /// <summary>As a version that drains and the one after it, or a process on another node.</summary>
    [WorkerFact]
    public async Task Object_GoesToWhoAsks_WhenTheOtherRests()
    {
        await using var host = await WorkerHost.StartAsync();
        var (old, young) = (host.Worker(Objects, Settings), host.Worker(Objects, Settings));
        using var first = WorkerHost.ClientOf(old);
        using var second = WorkerHost.ClientOf(young);
        Assert.Equal("1", await AskAsync(first, "shared/add"));
        Assert.Equal("1", await AskAsync(first, "other/add"));
        Assert.Equal("1", await AskAsync(second, "its-own/add"));

        Assert.Equal("2", await AskAsync(second, "shared/add"));
        Assert.Null(old.Running);
        Assert.Equal("3", await AskAsync(first, "shared/add"));
        Assert.Null(young.Running);
    }

    [WorkerFact]
    public async Task Object_StaysWithTheProcess_ThatHasACallInFlight()
    {
        await using var host = await WorkerHost.StartAsync();
        var (old, young) = (host.Worker(Objects, Settings), host.Worker(Objects, Settings));
        using var first = WorkerHost.ClientOf(old);
        using var second = WorkerHost.ClientOf(young);
        Assert.Equal("1", await AskAsync(first, "shared/add"));
        var process = old.Running!;
        var waiting = AskAsync(first, "shared/wait");

        var refused = await AskAsync(second, "shared/add");

        Assert.StartsWith("\"failed: ", refused, StringComparison.Ordinal);
        Assert.Same(process, old.Running);
        Assert.False(waiting.IsCompleted);
        await process.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
        Assert.Equal("3", await AskAsync(second, "shared/add"));
    }

    [WorkerFact]
    public async Task Process_IsReplaced_WhenItTookAsManyAsItMay()
    {
        await using var host = await WorkerHost.StartAsync(
            ("Smcp:Worker:DurableObjectsMax", "3"), ("Smcp:Worker:WatchPeriod", "00:00:00.100"));
        var worker = host.Worker(Objects, Settings);
        using var client = WorkerHost.ClientOf(worker);
        Assert.Equal("1", await AskAsync(client, "a/add"));
        var process = worker.Running!;
        Assert.Equal("1", await AskAsync(client, "b/add"));
        Assert.Equal("1", await AskAsync(client, "c/add"));

        await process.Exited.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(host.Log.Holds("DurableObjects"));
        Assert.Equal("2", await AskAsync(client, "a/add"));
    }

    [WorkerFact]
    public async Task Email_IsImported_AndNotOffered()
    {
        await using var host = await WorkerHost.StartAsync();
        using var client = WorkerHost.ClientOf(host.Worker(
            """
            import { EmailMessage } from "cloudflare:email";
            export default { fetch() { try { new EmailMessage(); } catch (e) { return Response.json(e.message); } } };
            """));

        Assert.Equal("\"E-mail is not offered to workers here.\"", await AskAsync(client, ""));
    }

    private static async Task<string> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(path, new StringContent(string.Empty, Encoding.UTF8));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<List<string>> KeysAsync(WorkerHost host, string server)
    {
        var page = await host.Data.DataOf($"{server}/shared").Objects.ListAsync(
            new ServerObjectQuery { Prefix = string.Empty, CountMax = 256 });
        return [.. page.Items.Select(item => item.Key)];
    }
}
