using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Smcp.EndToEnd.Browser;

/// <summary>Serves one empty page on loopback: the origin of a client that runs in a browser.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    public const string Page = "<!doctype html><title>client</title>";

    private readonly WebApplication _app;

    private PageServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<PageServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Page);
        });
        await app.StartAsync();
        return new PageServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
