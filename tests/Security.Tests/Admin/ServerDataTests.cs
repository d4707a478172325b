using Microsoft.Extensions.DependencyInjection;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>
/// Secrets and what servers store, as administrators see them: names and sizes, never what is in them.
/// </summary>
public sealed class ServerDataTests : IAsyncLifetime
{
    private const string Canary = "canary-4711";

    private AdminSite _site = null!;

    private ServerData Notes =>
        _site.Host.Services.GetRequiredService<InstanceData>().Of(InstanceKey.Parse("default/notes/shared"));

    public async Task InitializeAsync() => _site = await AdminSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Secret_IsWrittenGrantedAndGiven_AndNeverSaid()
    {
        var said = new List<string>
        {
            await SayAsync("PUT", "/tenants/default/secrets/API_KEY", new { value = Canary }),
            await SayAsync("GET", "/tenants/default/secrets"),
            await SayAsync("GET", "/tenants/default/servers/notes/secrets"),
        };
        Assert.Null(await Notes.Secrets.GetAsync("API_KEY"));
        Assert.DoesNotContain("API_KEY", said[2], StringComparison.Ordinal);

        said.Add(await SayAsync("PUT", "/tenants/default/servers/notes/secrets/API_KEY"));
        said.Add(await SayAsync("GET", "/tenants/default/servers/notes/secrets"));
        Assert.Equal(Canary, await Notes.Secrets.GetAsync("API_KEY"));
        Assert.Contains("API_KEY", said[^1], StringComparison.Ordinal);

        said.Add(await SayAsync("DELETE", "/tenants/default/servers/notes/secrets/API_KEY"));
        Assert.Null(await Notes.Secrets.GetAsync("API_KEY"));
        said.Add(await SayAsync("DELETE", "/tenants/default/secrets/API_KEY"));
        said.Add(await SayAsync("GET", "/tenants/default/secrets"));
        Assert.DoesNotContain("API_KEY", said[^1], StringComparison.Ordinal);
        said.Add(await SayAsync("PUT", "/tenants/default/secrets/api-key", new { value = Canary }, 400));
        said.Add(await SayAsync("PUT", "/tenants/default/secrets/OTHER", new { }, 404));
        said.Add(await SayAsync("GET", "/tenants/default/audit"));
        Assert.Contains("secret.written", said[^1], StringComparison.Ordinal);
        Assert.Contains("secret.deleted", said[^1], StringComparison.Ordinal);
        Assert.All(said, text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_IsToldAndRemoved_AndNotRead()
    {
        var terms = new Hosting.ServerValueTerms { Metadata = Canary };
        await Notes.KeyValues.SetAsync("a/1", "canary-4711"u8.ToArray(), terms);
        await Notes.KeyValues.SetAsync("b", "12345"u8.ToArray());
        var info = await Notes.Objects.PutAsync(
            "img/1", new MemoryStream("canary-4711"u8.ToArray()), new Hosting.ServerObjectTerms
            {
                Metadata = new Dictionary<string, string> { ["by"] = Canary },
            });

        var usage = await SayAsync("GET", "/tenants/default/storage");
        var values = await SayAsync("GET", "/tenants/default/servers/notes/values?limit=1");
        var others = await SayAsync("GET", "/tenants/default/servers/notes/values?after=a%2F1&limit=1");
        var objects = await SayAsync("GET", "/tenants/default/servers/notes/objects");
        var folders = await SayAsync("GET", "/tenants/default/servers/notes/objects?delimiter=%2F");

        Assert.Contains("\"valueBytes\":31", usage, StringComparison.Ordinal);
        Assert.Contains("\"objectBytes\":29", usage, StringComparison.Ordinal);
        Assert.Equal("""{"items":[{"key":"a/1","bytes":11}],"next":"a/1"}""" + "\n", values);
        Assert.Equal("""{"items":[{"key":"b","bytes":5}]}""" + "\n", others);
        Assert.Contains("\"name\":\"img/1\",\"bytes\":11", objects, StringComparison.Ordinal);
        Assert.Equal("""{"items":[{"name":"img/"}]}""" + "\n", folders);
        foreach (var text in (string[])[usage, values, objects])
        {
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
            Assert.DoesNotContain(info.ETag, text, StringComparison.Ordinal);
        }

        await SayAsync("DELETE", "/tenants/default/servers/notes/values?key=a%2F1");
        await SayAsync("DELETE", "/tenants/default/servers/notes/values?key=a%2F1", expected: 404);
        await SayAsync("DELETE", "/tenants/default/servers/notes/objects?key=img%2F1");
        await SayAsync("DELETE", "/tenants/default/servers/notes/objects", expected: 400);
        Assert.Null(await Notes.KeyValues.GetAsync("a/1"));
        Assert.Null(await Notes.Objects.HeadAsync("img/1"));
        Assert.NotNull(await Notes.KeyValues.GetAsync("b"));
        Assert.Contains("\"bytes\":6", await SayAsync("GET", "/tenants/default/storage"), StringComparison.Ordinal);
    }

    private async Task<string> SayAsync(string method, string path, object? body = null, int? expected = null)
    {
        using var response = await _site.SendAsync(method, path, _site.Operator, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            expected is { } status ? status == (int)response.StatusCode : response.IsSuccessStatusCode,
            $"{method} {path}: {(int)response.StatusCode} {text}");
        return text;
    }
}
