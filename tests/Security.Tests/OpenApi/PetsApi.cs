using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Smcp.OpenApi;

/// <summary>Somebody's API, on a real web server, which says what it was asked.</summary>
internal sealed class PetsApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _tokens;

    private PetsApi(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public ConcurrentQueue<Asked> Seen { get; } = new();

    /// <summary>Whether the slow operation began, and whether its caller let go of it.</summary>
    public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Tokens => _tokens;

    /// <summary>The token that is taken from now on.</summary>
    public string Token { get; set; } = "token-number-1";

    public static async Task<PetsApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        var api = new PetsApi(app);
        app.Run(api.AnswerAsync);
        await app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var reader = new StreamReader(context.Request.Body);
        var asked = new Asked(
            context.Request.Method,
            target,
            await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
        Seen.Enqueue(asked);
        var path = target.Split('?')[0];
        var count = _counts.AddOrUpdate($"{asked.Method} {path}", 1, (_, n) => n + 1);
        var task = (asked.Method, path) switch
        {
            ("POST", "/token") => GiveTokenAsync(context),
            ("GET", "/v1/slow") => BeSlowAsync(context),
            ("GET" or "POST", "/v1/flaky") when count == 1 => RefuseAsync(context, 503, "later"),
            ("GET", "/v1/broken") =>
                RefuseAsync(context, 418, $"{asked.Headers["X-Api-Key"]} {new string('t', 9_000)}"),
            ("GET", "/v1/big") => context.Response.WriteAsync(new string('b', 2 << 20)),
            ("GET", "/v1/list") => JsonAsync(context, "[1,2]"),
            ("GET", "/v1/redirect") => RedirectAsync(context),
            ("DELETE", _) => RefuseAsync(context, 204, string.Empty),
            ("GET", "/v1/orders") when asked.Headers["Authorization"] != $"Bearer {Token}" =>
                RefuseAsync(context, 401, "no"),
            _ => JsonAsync(context, Repeat(asked)),
        };
        await task;
    }

    private static string Repeat(Asked asked) => new JsonObject
    {
        ["target"] = asked.Target,
        ["body"] = asked.Body,
        ["headers"] = new JsonObject(asked.Headers.Select(
            header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
    }.ToJsonString();

    private Task GiveTokenAsync(HttpContext context)
    {
        Interlocked.Increment(ref _tokens);
        return JsonAsync(context, $$"""{"access_token":"{{Token}}","token_type":"bearer","expires_in":3600}""");
    }

    private async Task BeSlowAsync(HttpContext context)
    {
        await using var letGo = context.RequestAborted.Register(() => LetGo.TrySetResult());
        Began.TrySetResult();
        await LetGo.Task;
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Headers.Location = "/v1/list";
        return RefuseAsync(context, 302, string.Empty);
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = text.Length > 0 ? "text/plain" : null;
        return text.Length > 0 ? context.Response.WriteAsync(text) : Task.CompletedTask;
    }

    private static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    internal sealed record Asked(
        string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers);
}
