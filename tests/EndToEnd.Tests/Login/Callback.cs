using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Smcp.EndToEnd.Login;

/// <summary>Where an app of the own machine gets its answers: a port of loopback.</summary>
internal sealed class Callback : IAsyncDisposable
{
    private readonly Channel<IQueryCollection> _answers = Channel.CreateUnbounded<IQueryCollection>();
    private readonly WebApplication _app;

    private Callback()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/callback", context =>
        {
            _answers.Writer.TryWrite(context.Request.Query);
            return context.Response.WriteAsync("You can close this page.");
        });
    }

    public Uri Uri => new($"{_app.Urls.First()}/callback");

    public static async Task<Callback> StartAsync()
    {
        var callback = new Callback();
        await callback._app.StartAsync();
        return callback;
    }

    /// <summary>The parameters of the next answer.</summary>
    public async Task<IQueryCollection> NextAsync(CancellationToken cancellationToken) =>
        await _answers.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
