using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Smcp.Servers;

/// <summary>Versions over HTTP: who deploys them, which one serves whom, and how each ends.</summary>
public sealed class VersionsTests : IAsyncLifetime
{
    private DeploySite _site = null!;

    public async Task InitializeAsync() => _site = await DeploySite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Version_IsTheSame_WhenItsContentIs()
    {
        var first = await _site.SendAsync(201, "POST", DeploySite.Versions, DeploySite.Settings());
        var again = await _site.SendAsync(200, "POST", DeploySite.Versions, DeploySite.Settings());
        var other = await _site.SendAsync(201, "POST", DeploySite.Versions, DeploySite.Settings(tools: "b"));
        var fresh = await _site.SendAsync(201, "POST", DeploySite.Versions + "?new=true", DeploySite.Settings());

        Assert.Equal([1, 1, 2, 3], new[] { first, again, other, fresh }.Select(NumberOf));
        Assert.Equal(HashOf(first), HashOf(fresh));
        Assert.NotEqual(HashOf(first), HashOf(other));
        var page = await _site.SendAsync(200, "GET", DeploySite.Versions + "?limit=2");
        Assert.Equal([3, 2], page["items"]!.AsArray().Select(item => NumberOf(item!.AsObject())));
        var next = await _site.SendAsync(200, "GET", $"{DeploySite.Versions}?limit=2&after={page["next"]}");
        Assert.Equal([1], next["items"]!.AsArray().Select(item => NumberOf(item!.AsObject())));
    }

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-11-25")]
    public async Task Session_StaysOnTheVersionThatItBeganOn(string revision)
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var old = await (await _site.CallerAsync(revision)).OpenAsync();
        var stateless = await _site.CallerAsync("2026-07-28");
        Assert.Equal("1", await DeploySite.WhichAsync(stateless));
        await _site.ActivateAsync(DeploySite.Settings());
        PassCaches();

        Assert.Equal("1", await DeploySite.WhichAsync(old));
        Assert.Equal("2", await DeploySite.WhichAsync(await (await _site.CallerAsync(revision)).OpenAsync()));
        Assert.Equal("2", await DeploySite.WhichAsync(stateless));

        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/activate", new JsonObject());
        PassCaches();
        Assert.Equal("1", await DeploySite.WhichAsync(stateless));
    }

    [Fact]
    public async Task Session_Ends_WhenItsVersionHasDrained()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var old = await (await _site.CallerAsync("2025-11-25")).OpenAsync();
        await _site.ActivateAsync(DeploySite.Settings(), new JsonObject { ["drainSeconds"] = 60 });
        Assert.Equal("1", await DeploySite.WhichAsync(old));

        _site.Site.Host.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("404", await DeploySite.WhichAsync(old));
        Assert.Equal("404", await DeploySite.WhichAsync(old));
        Assert.Equal("2", await DeploySite.WhichAsync(await old.OpenAsync()));
    }

    [Fact]
    public async Task Revocation_EndsSessionsAndProcesses()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        var old = await (await _site.CallerAsync("2025-11-25")).OpenAsync();
        Assert.Equal("1", await DeploySite.WhichAsync(old));
        await _site.ActivateAsync(DeploySite.Settings());

        using var stream = await old.AskAsync(HttpMethod.Get);
        await using var events = await stream.Content.ReadAsStreamAsync();
        await UntilRunningAsync(1);

        // No time passes: nobody waits for an instance to ask.
        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/revoke");

        Assert.All(_site.Factory.Started.Where(runtime => runtime.Version.Number == 1), r => Assert.True(r.IsDisposed));
        await new StreamReader(events).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("404", await DeploySite.WhichAsync(old));
        await _site.SendAsync(409, "POST", DeploySite.Versions + "/1/activate", new JsonObject());
    }

    [Fact]
    public async Task Server_IsUnknown_WhileNoVersionServes()
    {
        await _site.SendAsync(201, "POST", DeploySite.Versions, DeploySite.Settings());
        var caller = await _site.CallerAsync("2026-07-28");
        Assert.Equal("404", await DeploySite.WhichAsync(caller));

        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/activate", new JsonObject());
        PassCaches();
        Assert.Equal("1", await DeploySite.WhichAsync(caller));

        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/revoke");
        PassCaches();
        Assert.Contains(await DeploySite.WhichAsync(caller), new[] { "404", "503" });
    }

    [Fact]
    public async Task Canary_ServesSomePrincipals_AndEachAlwaysTheSame()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        await _site.ActivateAsync(DeploySite.Settings(), new JsonObject { ["percent"] = 50 });
        PassCaches();
        var served = new List<string>();
        for (var i = 0; i < 24; i++)
        {
            var caller = await _site.CallerAsync("2026-07-28");
            served.Add(await DeploySite.WhichAsync(caller));
            Assert.Equal(served[^1], await DeploySite.WhichAsync(caller));
        }

        Assert.Equal(["1", "2"], served.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Activation_IsRefused_WhenItIsNotAsExpectedOrCannotBe()
    {
        await _site.ActivateAsync(DeploySite.Settings());
        await _site.SendAsync(201, "POST", DeploySite.Versions + "?new=true", DeploySite.Settings());

        const string second = DeploySite.Versions + "/2/activate";
        using (var stale = await _site.Site.SendAsync("POST", second, _site.Admin, new { }, ("If-Match", "\"1\"")))
        {
            Assert.Equal(412, (int)stale.StatusCode);
        }

        await _site.SendAsync(400, "POST", second, new JsonObject { ["percent"] = 100 });
        await _site.SendAsync(400, "POST", second, new JsonObject { ["drainSeconds"] = -1 });
        await _site.SendAsync(409, "POST", DeploySite.Versions + "/1/activate", new JsonObject { ["percent"] = 5 });
        await _site.SendAsync(404, "POST", DeploySite.Versions + "/9/activate", new JsonObject());
        await _site.SendAsync(409, "DELETE", DeploySite.Versions + "/1");
        await _site.SendAsync(204, "DELETE", DeploySite.Versions + "/2");
        await _site.SendAsync(404, "GET", DeploySite.Versions + "/2");
        var next = await _site.SendAsync(201, "POST", DeploySite.Versions + "?new=true", DeploySite.Settings());
        Assert.Equal(3, NumberOf(next));
    }

    [Fact]
    public async Task Bundle_BecomesAVersion_AndGoesWithIt()
    {
        var (status, made) = await _site.UploadAsync(Bundle("1"));
        Assert.Equal(201, status);
        var image = made["version"]!["image"]!;
        Assert.True((long)image["bytes"]! > 0);
        Assert.Equal((200, HashOf(made)), await SameAsync(Bundle("1")));
        Assert.True(await StoredAsync() > 0);

        var (other, second) = await _site.UploadAsync(Bundle("2"));
        Assert.Equal((201, 2), (other, NumberOf(second)));
        await _site.SendAsync(204, "DELETE", DeploySite.Versions + "/1");
        await _site.SendAsync(204, "DELETE", DeploySite.Versions + "/2");
        Assert.Equal(0, await StoredAsync());
    }

    [Fact]
    public async Task Bundle_LeavesNothing_WhenItIsRefused()
    {
        var (status, refused) = await _site.UploadAsync(Archive(("smcp.json", """{"runtime":"process"}""")));
        Assert.Equal(400, status);
        Assert.Contains("/process is missing", (string?)refused["detail"]);
        Assert.Equal(400, (await _site.UploadAsync(Archive(("a", "1")))).Status);
        Assert.Equal(400, (await _site.UploadAsync(Archive(("../a", "1")))).Status);
        Assert.Equal(400, (await _site.UploadAsync(new MemoryStream([1, 2, 3]))).Status);
        Assert.Equal(
            400, (await _site.UploadAsync(Bundle("1"), "/tenants/acme/servers/smcp-images/versions")).Status);

        Assert.Equal(0, await StoredAsync());
        var servers = await _site.SendAsync(200, "GET", "/tenants/acme/servers");
        Assert.Empty(servers["items"]!.AsArray());
    }

    [Fact]
    public async Task Bundle_IsAnotherRequest_UnderTheSameIdempotencyKey()
    {
        Assert.Equal(201, (await _site.UploadAsync(Bundle("1"), idempotency: "k")).Status);
        Assert.Equal(201, (await _site.UploadAsync(Bundle("1"), idempotency: "k")).Status);
        Assert.Equal(422, (await _site.UploadAsync(Bundle("2"), idempotency: "k")).Status);
    }

    [Fact]
    public async Task Bundle_IsRefused_WhenItIsTooLarge()
    {
        await using var site = await DeploySite.StartAsync(services =>
            services.Configure<Admin.AdminOptions>(options => options.ArchiveBytesMax = 1_024));

        var large = new MemoryStream(new byte[1_025]);
        Assert.Equal(413, (await site.UploadAsync(large)).Status);
    }

    [Fact]
    public async Task Image_IsNobodysData()
    {
        await _site.UploadAsync(Bundle("1"));

        await _site.SendAsync(404, "GET", "/tenants/acme/servers/smcp-images/objects");
        await _site.SendAsync(404, "DELETE", "/tenants/acme/servers/smcp-images?data=delete", key: _site.Site.Operator);
        Assert.True(await StoredAsync() > 0);
    }

    [Fact]
    public async Task Server_IsRemovedByItsTenant_WhenItDidNotComeWithTheProcess()
    {
        await _site.UploadAsync(Bundle("1"));
        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/activate", new JsonObject());
        await _site.SendAsync(
            200, "PUT", "/tenants/acme/servers/board", JsonNode.Parse("""{"source":"notes"}"""), _site.Site.Operator);

        await _site.SendAsync(403, "DELETE", "/tenants/acme/servers/board");
        await _site.SendAsync(409, "POST", "/tenants/acme/servers/board/versions", DeploySite.Settings());
        await _site.SendAsync(
            409, "PUT", DeploySite.Server, JsonNode.Parse("""{"source":"notes"}"""), _site.Site.Operator);
        await _site.SendAsync(204, "DELETE", DeploySite.Server);

        Assert.Equal(0, await StoredAsync());
        await _site.SendAsync(404, "GET", DeploySite.Server);
    }

    /// <summary>The server's grain knows of an instance of the version.</summary>
    private async Task UntilRunningAsync(long version)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await _site.SendAsync(200, "GET", DeploySite.Server + "/status");
            if (status["instances"]!.AsArray().Any(instance => (long?)instance!["version"] == version))
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "It did not come.");
        }
    }

    private async Task<(int Status, string? Hash)> SameAsync(Stream archive)
    {
        var (status, body) = await _site.UploadAsync(archive);
        return (status, HashOf(body));
    }

    private async Task<long> StoredAsync() =>
        (long?)(await _site.SendAsync(200, "GET", "/tenants/acme/storage"))["bytes"] ?? 0;

    /// <summary>Gateways and instances hold what they were told for some seconds.</summary>
    private void PassCaches() => _site.Site.Host.Clock.Advance(TimeSpan.FromSeconds(10));

    private static MemoryStream Bundle(string content) =>
        Archive(("smcp.json", DeploySite.Settings().ToJsonString()), ("server.js", content));

    private static MemoryStream Archive(params (string Path, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static long NumberOf(JsonObject version) => (long)version["version"]!["number"]!;

    private static string? HashOf(JsonObject version) => (string?)version["version"]!["hash"];
}
