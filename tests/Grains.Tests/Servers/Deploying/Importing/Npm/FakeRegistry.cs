using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>A registry on loopback, as far as npm asks it.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly Dictionary<string, (JsonObject Description, byte[] Archive)> _packages = [];
    private readonly WebApplication _app;
    private int _requests;

    private FakeRegistry()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>By a name, as no rule allows an address.</summary>
    public string Address => $"http://localhost:{new Uri(_app.Urls.First()).Port}/";

    public int Requests => _requests;

    public static async Task<FakeRegistry> StartAsync()
    {
        var registry = new FakeRegistry();
        await registry._app.StartAsync();
        return registry;
    }

    /// <summary>Publishes version 1.2.0 of a package.</summary>
    public void Publish(string name, JsonObject description, params (string Path, string Content)[] files)
    {
        description["name"] = name;
        description["version"] = "1.2.0";
        _packages[name] = (description, Pack(
            [.. files, ("package.json", description.ToJsonString())]));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var path = Uri.UnescapeDataString(context.Request.Path.Value!.TrimStart('/'));
        if (path.EndsWith(".tgz", StringComparison.Ordinal) && _packages.TryGetValue(path[..^4], out var archive))
        {
            return context.Response.Body.WriteAsync(archive.Archive).AsTask();
        }

        if (!_packages.TryGetValue(path, out var package))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("{}");
        }

        var version = package.Description.DeepClone().AsObject();
        version["hasInstallScript"] = version.ContainsKey("scripts");
        version["dist"] = new JsonObject
        {
            ["tarball"] = $"{Address}{path}.tgz",
            ["integrity"] = "sha512-" + Convert.ToBase64String(SHA512.HashData(package.Archive)),
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(new JsonObject
        {
            ["name"] = path,
            ["dist-tags"] = new JsonObject { ["latest"] = "1.2.0" },
            ["versions"] = new JsonObject { ["1.2.0"] = version },
        }.ToJsonString());
    }

    private static byte[] Pack(IEnumerable<(string Path, string Content)> files)
    {
        var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"package/{path}")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                    Mode = (UnixFileMode)0b110_100_100,
                });
            }
        }

        return output.ToArray();
    }
}
