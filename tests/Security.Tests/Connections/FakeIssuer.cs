using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Smcp.Connections;

/// <summary>
/// A server elsewhere and its authorization server, on loopback, that a test can make lie. Whoever has no token at the
/// server is told where to get one.
/// </summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private string _challenge = string.Empty;
    private int _given;
    private int _requests;

    private FakeIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public string Endpoint => Url + "/mcp";

    /// <summary>Requests that reached it.</summary>
    public int Requests => _requests;

    /// <summary>What the server says of itself.</summary>
    public Action<JsonObject> Resource { get; set; } = _ => { };

    /// <summary>What the authorization server says of itself.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>Changes the next answers with tokens.</summary>
    public Action<JsonObject> Tokens { get; set; } = _ => { };

    /// <summary>The error that the token endpoint answers with; null for tokens.</summary>
    public string? Error { get; set; }

    /// <summary>What the token endpoint waits for before it answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What the token endpoint was asked.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = [];

    /// <summary>What was given back.</summary>
    public ConcurrentQueue<string> Revoked { get; } = [];

    public static async Task<FakeIssuer> StartAsync(string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{address}:0");
        var app = builder.Build();
        var issuer = new FakeIssuer(app);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>The user agrees: the address that the browser is sent back to, without its host.</summary>
    public string Approve(string location)
    {
        Assert.StartsWith(Url + "/authorize?", location, StringComparison.Ordinal);
        var asked = QueryHelpers.ParseQuery(new Uri(location).Query);
        Assert.Equal("S256", asked["code_challenge_method"].ToString());
        Assert.Equal(Endpoint, asked["resource"].ToString());
        _challenge = asked["code_challenge"]!;
        var back = new Uri(asked["redirect_uri"]!).PathAndQuery;
        return $"{back}?code=theirs&state={Uri.EscapeDataString(asked["state"]!)}&iss={Uri.EscapeDataString(Url)}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var answer = context.Request.Path.Value switch
        {
            "/.well-known/oauth-protected-resource/mcp" => Changed(Resource, new JsonObject
            {
                ["resource"] = Endpoint,
                ["authorization_servers"] = new JsonArray(Url),
                ["scopes_supported"] = new JsonArray("things:read"),
            }),
            "/.well-known/oauth-authorization-server" => Changed(Metadata, new JsonObject
            {
                ["issuer"] = Url,
                ["authorization_endpoint"] = Url + "/authorize",
                ["token_endpoint"] = Url + "/token",
                ["registration_endpoint"] = Url + "/register",
                ["revocation_endpoint"] = Url + "/revoke",
                ["code_challenge_methods_supported"] = new JsonArray("S256"),
                ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic"),
                ["authorization_response_iss_parameter_supported"] = true,
            }),
            "/register" => new JsonObject { ["client_id"] = "registered", ["client_secret"] = "its secret" },
            "/token" => await GiveAsync(context),
            "/revoke" => await TakeBackAsync(context.Request),
            _ => null,
        };
        if (answer is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await context.Response.WriteAsJsonAsync(answer);
    }

    private static JsonObject Changed(Action<JsonObject> change, JsonObject json)
    {
        change(json);
        return json;
    }

    private async Task<JsonObject> GiveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var asked = form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        asked["authorization"] = context.Request.Headers.Authorization.ToString();
        Asked.Enqueue(asked);
        await Gate;
        var isProven = form["grant_type"] != "authorization_code"
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
                == _challenge;
        if ((Error ?? (isProven ? null : "invalid_grant")) is { } error)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return new JsonObject { ["error"] = error };
        }

        var number = Interlocked.Increment(ref _given);
        return Changed(Tokens, new JsonObject
        {
            ["access_token"] = $"access-canary-{number}",
            ["refresh_token"] = $"refresh-canary-{number}",
            ["token_type"] = "bearer",
            ["expires_in"] = 3_600,
        });
    }

    private async Task<JsonObject> TakeBackAsync(HttpRequest request)
    {
        Revoked.Enqueue((await request.ReadFormAsync())["token"].ToString());
        return [];
    }
}
