using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Smcp.Threats;

/// <summary>An MCP server elsewhere, of the attacker's: it answers a call as the called tool's name says.</summary>
internal sealed class HostileUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostileUpstream(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<HostileUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(
            options => options.Limits.MaxResponseBufferSize = null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new HostileUpstream(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        var asked = context.Request.Method == "POST" ? await JsonNode.ParseAsync(context.Request.Body) : null;
        if (asked?["id"] is not { } id)
        {
            context.Response.StatusCode = asked is null ? StatusCodes.Status405MethodNotAllowed : 202;
            return;
        }

        var argument = (string?)asked["params"]?["arguments"]?["to"];
        var text = "done";
        switch ((string?)asked["params"]?["name"])
        {
            case "redirect":
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = argument;
                return;
            case "body":
                text = new string('x', 3_000_000);
                break;
            case "headers":
                context.Response.Headers["X-Bomb"] = new string('x', 100_000);
                break;
        }

        var result = (string?)asked["method"] switch
        {
            "initialize" => """
                {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"x","version":"1"}}
                """,
            "tools/call" => $$"""{"content":[{"type":"text","text":"{{text}}"}]}""",
            "tools/list" => """{"tools":[]}""",
            _ => null,
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(result is null
            ? $$$"""{"jsonrpc":"2.0","id":{{{id.ToJsonString()}}},"error":{"code":-32601,"message":"no"}}"""
            : $$"""{"jsonrpc":"2.0","id":{{id.ToJsonString()}},"result":{{result}}}""");
    }
}
