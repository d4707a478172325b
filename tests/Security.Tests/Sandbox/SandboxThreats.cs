using System.Text.Json.Nodes;

namespace Smcp.Threats;

/// <summary>The threats of the group Sandbox.</summary>
internal static class SandboxThreats
{
    private const string Module =
        """
        let kept = "nothing";
        const again = async () => { for (;;) await null; };
        const deep = (level) => { try { return deep(level + 1); } finally { deep(level + 1); } };
        export const tools = {
          answer: () => ({ toJSON() { for (;;); } }),
          pattern: () => String(/^(a+)+$/.test("a".repeat(64) + "!")),
          recursion: () => { deep(0); return "ended"; },
          promises: () => again(),
          hoard() {
            const all = [];
            for (let i = 0; i < 30; i++) all.push(new Uint8Array(10_000_000).fill(1));
            return "kept " + all.length;
          },
          single: () => "kept " + new Uint8Array(300_000_000).fill(1).length,
          result: () => "x".repeat(3_000_000),
          async writes(args, { env }) {
            let count = 0;
            try { for (; count < 200; count++) await env.KV.put("key", "value"); } catch { /* Refused. */ }
            return "wrote " + count;
          },
          keep() { kept = "t0ken"; Object.prototype.kept = "t0ken"; return "kept"; },
          read: () => `${kept} ${({}).kept}`,
        };
        """;

    private const string Vault =
        """
        import { DurableObject } from "cloudflare:workers";
        export class Vault extends DurableObject {
          async keep() { await this.ctx.storage.put("kept", "t0ken"); }
          async read() { return (await this.ctx.storage.get("kept")) ?? "nothing"; }
        }
        const attempt = async (read) => { try { return await read(); } catch (error) { return error.message; } };
        export const tools = {
          async keep(args, { env }) {
            const id = env.VAULT.idFromName("same");
            await env.VAULT.get(id).keep();
            return id.toString();
          },
          async read({ id }, { env }) {
            const byName = await attempt(() => env.VAULT.get(env.VAULT.idFromName("same")).read());
            return `${byName} ${await attempt(() => env.VAULT.get(env.VAULT.idFromString(id)).read())}`;
          },
        };
        """;

    private static readonly Removal OfProcesses = new() { Configure = OneWorkerForAll.Share };
    private static readonly Removal OfCpuTime = Removal.OfLimit(("Smcp:Worker:CpuTimeMax", "01:00:00"));
    private static readonly Removal OfMemory = Removal.OfLimit(("Smcp:Worker:MemoryBytesMax", $"{1 << 30}"));

    public static IReadOnlyList<JailThreat> All { get; } =
    [
        new("a loop where an answer is written", "WorkerRuntimeOptions.CpuTimeMax", OfCpuTime,
            site => GoesOnAsync(site, "answer")),
        new("a catastrophic regular expression", "WorkerRuntimeOptions.CpuTimeMax", OfCpuTime,
            site => GoesOnAsync(site, "pattern")),
        new("a recursion that never comes back", "WorkerRuntimeOptions.CpuTimeMax", OfCpuTime,
            site => GoesOnAsync(site, "recursion")),
        new("a flood of promises", "WorkerRuntimeOptions.CpuTimeMax", OfCpuTime,
            site => GoesOnAsync(site, "promises")),
        new("a worker that keeps all memory", "WorkerRuntimeOptions.MemoryBytesMax", OfMemory,
            site => SaysAsync(site, "hoard", "kept 30")),
        new("a bomb in a single call", "WorkerRuntimeOptions.MemoryBytesMax", OfMemory,
            site => SaysAsync(site, "single", "kept 300000000")),
        new("a result bomb", "UpstreamRuntimeOptions.MessageBytesMax",
            Removal.OfLimit(("Smcp:Upstream:MessageBytesMax", $"{8 << 20}")),
            site => SaysAsync(site, "result", "xxxx")),
        new("a flood of calls to the host", "WorkerRuntimeOptions.SubrequestsMax",
            Removal.OfLimit(("Smcp:Worker:SubrequestsMax", "10000")), site => SaysAsync(site, "writes", "wrote 200")),
        new("state and prototypes of another tenant's worker", "a process for each deployment",
            OfProcesses, ReadNeighbourAsync),
        new("a Durable Object of another tenant, by its name and its id", "a process for each deployment",
            OfProcesses, ReadVaultAsync),
    ];

    private static async Task<bool> SaysAsync(JailSite site, string tool, string wanted)
    {
        await DeployAsync(site, JailSite.Tenant, tool);
        return (await site.CallAsync(site.Client(tool), tool)).StartsWith(wanted, StringComparison.Ordinal);
    }

    /// <summary>Whether a call neither ends nor is ended, and who else calls the worker has no answer.</summary>
    private static async Task<bool> GoesOnAsync(JailSite site, string tool)
    {
        await DeployAsync(site, JailSite.Tenant, tool);
        Assert.StartsWith("nothing", await site.CallAsync(site.Client(tool), "read"));
        var call = site.CallAsync(site.Client(tool), tool);
        try
        {
            await call.WaitAsync(PatienceOf(site), TimeProvider.System);
            Assert.StartsWith("nothing", await site.CallAsync(site.Client(tool), "read"));
            return false;
        }
        catch (TimeoutException)
        {
            await site.RemoveAsync(tool);
            await call;
            return true;
        }
    }

    private static async Task<bool> ReadNeighbourAsync(JailSite site)
    {
        await DeployAsync(site, JailSite.Tenant, "same");
        await DeployAsync(site, JailSite.Neighbour, "same");
        Assert.Equal("kept", await site.CallAsync(site.Client("same", JailSite.Neighbour), "keep"));

        return (await site.CallAsync(site.Client("same"), "read")).Contains("t0ken", StringComparison.Ordinal);
    }

    private static async Task<bool> ReadVaultAsync(JailSite site)
    {
        var worker = new JsonObject
        {
            ["main"] = "main.mjs",
            ["durableObjects"] = new JsonObject { ["VAULT"] = "Vault" },
        };
        await DeployAsync(site, JailSite.Tenant, "vault", Vault, worker);
        await DeployAsync(site, JailSite.Neighbour, "vault", Vault, worker);
        var id = await site.CallAsync(site.Client("vault", JailSite.Neighbour), "keep");

        var read = await site.CallAsync(site.Client("vault"), "read", new JsonObject { ["id"] = id });
        return read.Contains("t0ken", StringComparison.Ordinal);
    }

    /// <summary>
    /// How long a call of an attacker goes on before it counts as without a bound: there it is seen soon, and where
    /// there is one, a slow machine takes a while to use it up.
    /// </summary>
    private static TimeSpan PatienceOf(JailSite site) =>
        TimeSpan.FromSeconds(ReferenceEquals(site.Removal, Removal.None) ? 28 : 3);

    private static Task DeployAsync(JailSite site, string tenant, string server) => DeployAsync(
        site, tenant, server, Module,
        new JsonObject { ["main"] = "main.mjs", ["kv"] = new JsonArray("KV") });

    private static Task DeployAsync(
        JailSite site, string tenant, string server, string module, JsonObject worker) => site.DeployAsync(
        tenant,
        server,
        new JsonObject
        {
            ["runtime"] = "worker",
            ["scope"] = "shared",
            ["manifest"] = "live",
            ["worker"] = worker.DeepClone(),
        },
        ("main.mjs", module));
}
