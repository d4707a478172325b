using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Masters;

/// <summary>A key vault on loopback that speaks the transit engine's API, and encrypts for real.</summary>
internal sealed class FakeVault : IAsyncDisposable
{
    public const string Token = "a-token";

    private readonly List<byte[]> _versions = [];
    private readonly WebApplication _app;

    private FakeVault()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Vault-Token"] == Token)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
        var transit = _app.MapGroup("/v1/transit");
        transit.MapPost("/keys/smcp", () => { Create(); return Results.NoContent(); });
        transit.MapPost("/keys/smcp/rotate", () => { Add(); return Results.NoContent(); });
        transit.MapGet("/keys/smcp", () => _versions.Count == 0
            ? Results.NotFound()
            : Data(new JsonObject { ["latest_version"] = _versions.Count }));
        transit.MapPost("/encrypt/smcp", (JsonObject body) => Data(new JsonObject { ["ciphertext"] = Encrypt(body) }));
        transit.MapPost("/decrypt/smcp", (JsonObject body) => Decrypt(body) is { } plain
            ? Data(new JsonObject { ["plaintext"] = plain })
            : Results.BadRequest());
    }

    public string Address => _app.Urls.First();

    public static async Task<FakeVault> StartAsync()
    {
        var vault = new FakeVault();
        await vault._app.StartAsync();
        return vault;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Data(JsonObject data) => Results.Json(new JsonObject { ["data"] = data });

    private void Create()
    {
        if (_versions.Count == 0)
        {
            Add();
        }
    }

    private void Add() => _versions.Add(RandomNumberGenerator.GetBytes(32));

    private static byte[] Bytes(JsonObject body, string name) =>
        Convert.FromBase64String(body[name]!.GetValue<string>());

    private string Encrypt(JsonObject body)
    {
        var plain = Bytes(body, "plaintext");
        var box = new byte[28 + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(_versions[^1], 16);
        aes.Encrypt(
            box.AsSpan(0, 12), plain, box.AsSpan(28), box.AsSpan(12, 16), Bytes(body, "associated_data"));
        return $"vault:v{_versions.Count}:{Convert.ToBase64String(box)}";
    }

    private string? Decrypt(JsonObject body)
    {
        var parts = body["ciphertext"]!.GetValue<string>().Split(':');
        var box = Convert.FromBase64String(parts[2]);
        var plain = new byte[box.Length - 28];
        using var aes = new AesGcm(_versions[int.Parse(parts[1][1..]) - 1], 16);
        try
        {
            aes.Decrypt(
                box.AsSpan(0, 12), box.AsSpan(28), box.AsSpan(12, 16), plain, Bytes(body, "associated_data"));
            return Convert.ToBase64String(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
