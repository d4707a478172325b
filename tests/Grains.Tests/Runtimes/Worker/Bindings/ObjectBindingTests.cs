using System.Text.Json.Nodes;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Security.Secrets;

namespace Smcp.Runtimes.Worker.Bindings;

public sealed class ObjectBindingTests
{
    private const string Evaluator =
        """
        const bytes = (n) => new Uint8Array(n).map((_, i) => i * 7);
        const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");
        const attempt = async (work) => { try { return await work(); } catch (error) { return error.message; } };
        const steps = {
          async roundTrip({ R2 }) {
            const put = await R2.put("a/ä b", "hello");
            const got = await R2.get("a/ä b");
            const head = await R2.head("a/ä b");
            const none = [await R2.get("none"), await R2.head("none")];
            return [await got.text(), put.etag === got.etag, head.size, head.key, ...none];
          },
          async large({ R2 }) {
            const content = bytes(200_000);
            await R2.put("large", content);
            const got = new Uint8Array(await (await R2.get("large")).arrayBuffer());
            return [got.length, got.every((b, i) => b === content[i])];
          },
          async stream({ R2 }) {
            const { readable, writable } = new FixedLengthStream(5);
            const writer = writable.getWriter();
            writer.write(new TextEncoder().encode("12345")).then(() => writer.close());
            await R2.put("stream", readable);
            return await (await R2.get("stream")).text();
          },
          async metadata({ R2 }) {
            await R2.put("m", "{}", {
              httpMetadata: {
                contentType: "application/json", cacheControl: "no-store", cacheExpiry: new Date(4102444800000),
              },
              customMetadata: { who: "ä", n: "1" },
            });
            const { httpMetadata, customMetadata } = await R2.head("m");
            const listed = (await R2.list({ include: ["customMetadata", "httpMetadata"] })).objects[0];
            const bare = (await R2.list()).objects[0];
            const { contentType } = listed.httpMetadata;
            return [httpMetadata, customMetadata, listed.customMetadata, contentType, bare.customMetadata];
          },
          async reserved({ R2 }) {
            return await attempt(() => R2.put("m", "x", { customMetadata: { "http:cacheControl": "x" } }));
          },
          async ranges({ R2 }) {
            await R2.put("r", "0123456789");
            const read = async (range) => await attempt(async () => {
              const got = await R2.get("r", { range });
              return [await got.text(), got.range];
            });
            return [
              await read({ offset: 2, length: 3 }), await read({ offset: 7 }), await read({ suffix: 4 }),
              await read(new Headers({ range: "bytes=1-2" })), await read({ offset: 20 }),
            ];
          },
          async conditions({ R2 }) {
            const first = await R2.put("c", "1");
            const get = async (onlyIf) => (await R2.get("c", { onlyIf })).body !== undefined;
            const put = async (onlyIf, value) => (await R2.put("c", value, { onlyIf })) !== null;
            return [
              await get({ etagMatches: first.etag }), await get({ etagMatches: "other" }),
              await get({ etagDoesNotMatch: first.etag }), await get({ etagDoesNotMatch: "other" }),
              await get({ uploadedBefore: new Date(0) }), await get({ uploadedAfter: new Date(0) }),
              await put({ etagMatches: "other" }, "2"), await put({ etagMatches: first.etag }, "2"),
              await put({ etagDoesNotMatch: "*" }, "3"), await (await R2.get("c")).text(),
              (await R2.put("new", "n", { onlyIf: { etagDoesNotMatch: "*" } })) !== null,
              (await R2.put("never", "n", { onlyIf: { etagMatches: "*" } })) !== null,
            ];
          },
          async digests({ R2 }) {
            const data = new TextEncoder().encode("hello");
            const results = [];
            for (const [name, algorithm] of [["sha1", "SHA-1"], ["sha256", "SHA-256"], ["md5", "MD5"]]) {
              const right = hex(await crypto.subtle.digest(algorithm, data));
              results.push(await attempt(async () => (await R2.put("d", data, { [name]: right })).size));
              results.push(await attempt(async () => (await R2.put("e", "other", { [name]: right })).size));
            }
            return [...results, await R2.head("e"), hex((await R2.head("d")).checksums.sha256).length];
          },
          async list({ R2 }) {
            for (const key of ["a/1", "a/2", "b/1", "c"]) await R2.put(key, "x");
            const folders = await R2.list({ delimiter: "/" });
            const first = await R2.list({ limit: 2 });
            const second = await R2.list({ cursor: first.cursor });
            const after = await R2.list({ startAfter: "a/2" });
            const keys = (page) => page.objects.map((object) => object.key);
            return [
              folders.delimitedPrefixes, keys(folders), keys(first), first.truncated, keys(second), second.truncated,
              keys(after),
            ];
          },
          async remove({ R2 }) {
            for (const key of ["1", "2", "3"]) await R2.put(key, "x");
            await R2.delete("1");
            await R2.delete(["2", "never"]);
            return (await R2.list()).objects.map((object) => object.key);
          },
          async multipart({ R2 }) {
            return await attempt(() => R2.createMultipartUpload("m"));
          },
        };
        export default { async fetch(request, env) {
          try { return Response.json(await steps[await request.text()](env) ?? null); }
          catch (error) { return Response.json("failed: " + error.message); }
        } };
        """;

    [WorkerdFact]
    public async Task Object_ComesBack() =>
        Assert.Equal("""["hello",true,5,"a/ä b",null,null]""", await RunAsync("roundTrip"));

    [WorkerdFact]
    public async Task Object_OfManyPieces_ComesBack() => Assert.Equal("[200000,true]", await RunAsync("large"));

    [WorkerdFact]
    public async Task Object_IsWrittenFromAStream() => Assert.Equal("\"12345\"", await RunAsync("stream"));

    [WorkerdFact]
    public async Task Metadata_IsKept() => Assert.Equal(
        """[{"contentType":"application/json","cacheControl":"no-store","cacheExpiry":"2100-01-01T00:00:00.000Z"},"""
        + """{"who":"ä","n":"1"},{"who":"ä","n":"1"},"application/json",null]""",
        await RunAsync("metadata"));

    [WorkerdFact]
    public async Task Metadata_OfAReservedName_IsRefused() =>
        Assert.Equal("\"put: The metadata cannot be kept (10004)\"", await RunAsync("reserved"));

    [WorkerdFact]
    public async Task Range_IsThePartThatIsAskedFor() => Assert.Equal(
        """[["234",{"offset":2,"length":3}],["789",{"offset":7,"length":3}],["6789",{"offset":6,"length":4}],"""
        + """["12",{"offset":1,"length":2}],"get: The range is not in the object (10039)"]""",
        await RunAsync("ranges"));

    [WorkerdFact]
    public async Task Condition_DecidesBothWays() => Assert.Equal(
        "[true,false,false,true,false,true,false,true,false,\"2\",true,false]", await RunAsync("conditions"));

    [WorkerdFact]
    public async Task Digest_ThatDoesNotMatch_LeavesNothing()
    {
        var seen = JsonNode.Parse(await RunAsync("digests"))!.AsArray();

        for (var i = 0; i < 6; i += 2)
        {
            Assert.Equal(5, (int?)seen[i]);
            Assert.StartsWith("put: ", (string?)seen[i + 1], StringComparison.Ordinal);
        }

        Assert.Null(seen[6]);
        Assert.Equal(64, (int?)seen[7]);
    }

    [WorkerdFact]
    public async Task List_HasFoldersAndPages() => Assert.Equal(
        """[["a/","b/"],["c"],["a/1","a/2"],true,["b/1","c"],false,["b/1","c"]]""", await RunAsync("list"));

    [WorkerdFact]
    public async Task Object_IsGone_AfterDelete() => Assert.Equal("""["3"]""", await RunAsync("remove"));

    [WorkerdFact]
    public async Task Multipart_IsRefused() =>
        Assert.Equal("\"createMultipartUpload: The operation is not offered (10004)\"", await RunAsync("multipart"));

    private static async Task<string> RunAsync(string step)
    {
        await using var host = await TenantDataHost.StartAsync();
        await using var running = await RunningWorkerd.StartAsync(
            Evaluator,
            host.DataOf("acme/notes/shared"),
            new WorkerBinding("R2", WorkerBindingKind.Objects));
        return await running.AskAsync(step);
    }
}
