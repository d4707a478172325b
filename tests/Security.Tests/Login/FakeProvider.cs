using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Smcp.Login;

/// <summary>An OpenID Connect provider on loopback, over TLS, that a test can make lie.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "smcp at the provider";
    public const string Secret = "a secret: of + theirs";

    private readonly WebApplication _app;
    private readonly string _authority;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _challenge = string.Empty;
    private string _nonce = string.Empty;
    private int _requests;

    private FakeProvider(WebApplication app, string authority) => (_app, _authority) = (app, authority);

    public string Issuer => _app.Urls.Single();

    /// <summary>A PEM file of who vouches for its certificate.</summary>
    public string AuthorityFile => _authority;

    /// <summary>Requests that reached it.</summary>
    public int Requests => _requests;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string Algorithm { get; set; } = "RS256";

    /// <summary>Changes the claims of the next tokens.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Changes the next tokens as they are sent.</summary>
    public Func<string, string> Token { get; set; } = token => token;

    public static async Task<FakeProvider> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=provider", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var authority = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var provider = new FakeProvider(app, authority);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>The user agrees at the provider: its answer to what our redirect asked.</summary>
    public string Approve(string location)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(location).Query);
        Assert.StartsWith(Issuer + "/authorize?", location, StringComparison.Ordinal);
        Assert.Equal("S256", asked["code_challenge_method"]);
        (_challenge, _nonce) = (asked["code_challenge"]!, asked["nonce"]!);
        var back = new Uri(asked["redirect_uri"]!).PathAndQuery;
        return $"{back}?code=theirs&state={Uri.EscapeDataString(asked["state"]!)}&iss={Uri.EscapeDataString(Issuer)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
        _ec.Dispose();
        File.Delete(_authority);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var answer = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => new JsonObject
            {
                ["issuer"] = Issuer,
                ["authorization_endpoint"] = Issuer + "/authorize",
                ["token_endpoint"] = Issuer + "/token",
                ["jwks_uri"] = Issuer + "/jwks",
                ["authorization_response_iss_parameter_supported"] = true,
            },
            "/jwks" => Keys(),
            "/token" => await RedeemAsync(context.Request),
            _ => null,
        };
        if (answer is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await context.Response.WriteAsJsonAsync(answer);
    }

    private JsonObject Keys()
    {
        var rsa = _rsa.ExportParameters(false);
        var ec = _ec.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "oct", ["k"] = "c2VjcmV0", ["kid"] = "odd" },
                // Members of a key, and no key: they make no point of the curve, and no exponent.
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["kid"] = "ES256",
                    ["x"] = Text(new byte[32]),
                    ["y"] = Text(new byte[32]),
                },
                new JsonObject { ["kty"] = "RSA", ["kid"] = "RS256", ["n"] = Text(rsa.Modulus), ["e"] = "Ag" },
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["kid"] = "RS256",
                    ["use"] = "sig",
                    ["n"] = Text(rsa.Modulus),
                    ["e"] = Text(rsa.Exponent),
                },
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["kid"] = "ES256",
                    ["alg"] = "ES256",
                    ["x"] = Text(ec.Q.X),
                    ["y"] = Text(ec.Q.Y),
                }),
        };
    }

    /// <summary>Only for who knows the verifier of the challenge, and our secret.</summary>
    private async Task<JsonObject?> RedeemAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var pair = $"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(Secret)}";
        return form["code"] == "theirs"
            && Text(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == _challenge
            && request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(pair))}"
                ? new JsonObject { ["access_token"] = "unused", ["token_type"] = "Bearer", ["id_token"] = Sign() }
                : null;
    }

    private string Sign()
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "subject-1",
            ["aud"] = ClientId,
            ["nonce"] = _nonce,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["email"] = "carol@corp.example",
            ["email_verified"] = true,
            ["name"] = "Carol",
            ["groups"] = new JsonArray("engineers", "unmapped"),
        };
        Claims(claims);
        var header = new JsonObject { ["alg"] = Algorithm, ["kid"] = Algorithm, ["typ"] = "JWT" };
        var signed = Text(JsonSerializer.SerializeToUtf8Bytes(header)) + "."
            + Text(JsonSerializer.SerializeToUtf8Bytes(claims));
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = Algorithm switch
        {
            "RS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "ES256" => _ec.SignData(bytes, HashAlgorithmName.SHA256),
            // The public key as if it were a shared secret (RFC 8725 section 2.1).
            "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes),
            _ => [],
        };
        return Token($"{signed}.{Text(signature)}");
    }
}
