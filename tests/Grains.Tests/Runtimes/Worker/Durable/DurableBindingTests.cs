using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Security.Secrets;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>What a process gets of its server's objects, whatever it asks for.</summary>
public sealed class DurableBindingTests
{
    private const string Lease = "v1/nodes/aa.json";
    private const string Owner = "v1/do/x/y/own.json";

    [Fact]
    public async Task Request_IsRefused_WithoutTheProcessesOwnCredential()
    {
        await using var data = await TenantDataHost.StartAsync();
        await using var place = await Place.StartAsync(data);

        Assert.Equal(HttpStatusCode.OK, (await place.PutAsync(Lease, "1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await place.AskAsync("GET", Lease, credential: "other")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await place.AskAsync("GET", Lease, credential: "")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await place.AskAsync("PUT", Lease, credential: "other")).StatusCode);
        Assert.Equal("1", await (await place.AskAsync("GET", Lease)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("v1/deploy/catalog.json")]
    [InlineData("v1/wishes/aa")]
    [InlineData("services/x")]
    [InlineData("v1/do/../deploy/catalog.json")]
    [InlineData("v1/do/%2e%2e/deploy/catalog.json")]
    [InlineData("../FILES/x")]
    public async Task Key_ThatIsNoneOfDurableObjects_IsNotThere(string key)
    {
        await using var data = await TenantDataHost.StartAsync();
        await using var place = await Place.StartAsync(data);
        foreach (var there in (string[])
            ["durable-objects/v1/deploy/catalog.json", "durable-objects/v1/wishes/aa", "FILES/x"])
        {
            await place.Objects.PutAsync(there, new MemoryStream([1]));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await place.AskAsync("GET", key)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await place.PutAsync(key, "x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await place.AskAsync("DELETE", key)).StatusCode);
        Assert.Equal(3, (await place.Objects.ListAsync()).Items.Count);
    }

    [Fact]
    public async Task Write_IsMade_WhereItsConditionHolds()
    {
        await using var data = await TenantDataHost.StartAsync();
        await using var place = await Place.StartAsync(data);

        var first = await place.PutAsync(Owner, "{}", ("If-None-Match", "*"));
        var again = await place.PutAsync(Owner, "{}", ("If-None-Match", "*"));
        var other = await place.PutAsync(Owner, "[]", ("If-Match", "\"other\""));
        var same = await place.PutAsync(Owner, "[1]", ("If-Match", first.Headers.ETag!.Tag));

        const HttpStatusCode Unmet = HttpStatusCode.PreconditionFailed;
        Assert.Equal(
            [HttpStatusCode.OK, Unmet, Unmet, HttpStatusCode.OK],
            new[] { first, again, other, same }.Select(answer => answer.StatusCode));
        var read = await place.AskAsync("GET", Owner);
        Assert.Equal("[1]", await read.Content.ReadAsStringAsync());
        Assert.Equal(same.Headers.ETag, read.Headers.ETag);
        Assert.Equal(HttpStatusCode.NoContent, (await place.AskAsync("DELETE", Owner)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await place.AskAsync("HEAD", Owner)).StatusCode);
        Assert.Equal(HttpStatusCode.NotImplemented, (await place.AskAsync("POST", Owner)).StatusCode);
    }

    [Fact]
    public async Task List_HasKeysOfDurableObjectsOnly_AndFolders()
    {
        await using var data = await TenantDataHost.StartAsync();
        await using var place = await Place.StartAsync(data);
        await place.Objects.PutAsync("FILES/v1/do/a/own.json", new MemoryStream([1]));
        foreach (var key in new[] { "v1/do/a/log/1", "v1/do/a/log/2", "v1/do/b/log/1" })
        {
            await place.PutAsync(key, "x");
        }

        Assert.Equal(["v1/do/a/log/1", "v1/do/a/log/2"], await ListAsync("prefix=v1%2Fdo%2Fa%2F", "Key"));
        Assert.Equal(
            ["v1/do/a/log/2"],
            await ListAsync("prefix=v1%2Fdo%2Fa%2F&start-after=v1%2Fdo%2Fa%2Flog%2F1", "Key"));
        Assert.Equal(
            ["v1/do/", "v1/do/a/", "v1/do/b/"], await ListAsync("prefix=v1%2Fdo%2F&delimiter=%2F", "Prefix"));
        Assert.Equal(3, (await ListAsync(string.Empty, "Key")).Count);

        async Task<List<string>> ListAsync(string query, string element)
        {
            using var answer = await place.AskAsync("GET", $"?list-type=2&{query}");
            var xml = XDocument.Parse(await answer.Content.ReadAsStringAsync());
            return [.. xml.Descendants(element).Select(found => found.Value)];
        }
    }

    [Fact]
    public async Task Process_IsEndedAtOnce_WhenAnotherOfItsNodeWantsWhatItOwns()
    {
        await using var data = await TenantDataHost.StartAsync();
        var owners = new DurableOwners();
        await using var old = await Place.StartAsync(data, owners);
        await using var young = await Place.StartAsync(data, owners);
        await old.PutAsync(Lease, "1");
        await old.PutAsync(Owner, """{"node":"aa","epoch":1}""");

        await old.AskAsync("GET", Owner);
        Assert.False(old.Retired.IsCompleted);
        await young.AskAsync("GET", Owner);

        Assert.True(old.Retired.IsCompleted);
    }

    [Fact]
    public async Task ProcessOfAnotherNode_IsEnded_WhenItRenewsItsLease()
    {
        await using var data = await TenantDataHost.StartAsync();
        await using var old = await Place.StartAsync(data, new DurableOwners());
        await using var young = await Place.StartAsync(data, new DurableOwners());
        await old.PutAsync(Lease, "1");
        await old.PutAsync(Owner, """{"node":"aa","epoch":1}""");

        await young.AskAsync("GET", Owner);
        Assert.False(old.Retired.IsCompleted);
        await old.PutAsync(Lease, "2");
        await old.Retired.WaitAsync(TimeSpan.FromMinutes(1));
        await old.DisposeAsync();

        var read = await young.AskAsync("GET", Owner);
        Assert.Equal("""{"node":"","epoch":1}""", await read.Content.ReadAsStringAsync());
        Assert.Equal([$"durable-objects/{Owner}"], (await young.Objects.ListAsync()).Items.Select(item => item.Key));
    }

    /// <summary>The storage of one process, served as in its jail, and asked as workerd does.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("smcp-d").FullName;
        private readonly TaskCompletionSource _retired = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly DurableStore _store;
        private readonly BindingServer _server;
        private readonly HttpClient _client;
        private bool _isGone;

        private Place(DurableStore store)
        {
            _store = store;
            _store.BelongsTo(() =>
            {
                _retired.TrySetResult();
                return ValueTask.FromResult(true);
            });
            _server = new BindingServer(
                Options.Create(new WorkerRuntimeOptions()), TimeProvider.System, NullLoggerFactory.Instance);
            _client = new HttpClient(new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancelled) =>
                    await WorkerSockets.ConnectAsync(Path.Combine(_folder, "s"), cancelled),
            });
        }

        public IServerObjects Objects => _store.Objects;

        public Task Retired => _retired.Task;

        public static async Task<Place> StartAsync(TenantDataHost data, DurableOwners? owners = null)
        {
            var place = new Place(new DurableStore(
                ServerKey.Parse("acme/notes"), data.DataOf("acme/notes/shared").Objects,
                owners ?? new DurableOwners(), 100, NullLogger.Instance));
            await place._store.OpenAsync(
                place._server, WorkerSockets.Listen(Path.Combine(place._folder, "s")), new WorkerRuntimeOptions());
            return place;
        }

        public Task<HttpResponseMessage> PutAsync(string key, string content, params (string, string)[] headers) =>
            AskAsync("PUT", key, content, headers: headers);

        public async Task<HttpResponseMessage> AskAsync(
            string method, string key, string? content = null, string? credential = null,
            params (string Name, string Value)[] headers)
        {
            var uri = new Uri(
                $"http://x/durable-objects/{key}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var request = new HttpRequestMessage(new HttpMethod(method), uri);
            request.Content = content is null ? null : new StringContent(content);
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "AWS4-HMAC-SHA256", $"Credential={credential ?? _store.Credential}/20261122/auto/s3/aws4_request, x=y");
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return await _client.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            if (_isGone)
            {
                return;
            }

            _isGone = true;
            _client.Dispose();
            await _store.DisposeAsync();
            await _server.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
