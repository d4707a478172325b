using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Masters;

/// <summary>
/// Wraps in a key vault that never gives its key out, over the HTTP API of Vault's transit engine. A wrapped key is the
/// vault's text, <c>vault:v3:…</c>, which names the key's version.
/// </summary>
internal sealed class TransitKeyWrapping(HttpClient http, IOptions<TransitOptions> options) : IKeyWrapping
{
    private const string Prefix = "vault:v";

    private readonly TransitOptions _options = options.Value;

    public async ValueTask OpenAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        if (mayCreate)
        {
            // A key that exists stays as it is.
            await SendAsync(
                HttpMethod.Post, $"keys/{_options.KeyName}", new() { ["type"] = "aes256-gcm96" }, cancellationToken);
        }

        await CurrentAsync(cancellationToken);
    }

    public async ValueTask<int> CurrentAsync(CancellationToken cancellationToken)
    {
        var key = await SendAsync(HttpMethod.Get, $"keys/{_options.KeyName}", null, cancellationToken)
            ?? throw new EncryptionStartException(
                $"The store is encrypted, and the key vault {_options.Address} has no key {_options.KeyName}.");
        return key["latest_version"]?.GetValue<int>() ?? throw NotUnderstood();
    }

    public async ValueTask<int> AdvanceAsync(CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Post, $"keys/{_options.KeyName}/rotate", [], cancellationToken);
        return await CurrentAsync(cancellationToken);
    }

    public async ValueTask<WrappedKey> WrapAsync(
        ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            HttpMethod.Post,
            $"encrypt/{_options.KeyName}",
            new()
            {
                ["plaintext"] = Convert.ToBase64String(key.Span),
                ["associated_data"] = Convert.ToBase64String(context.Span),
            },
            cancellationToken);
        var text = answer?["ciphertext"]?.GetValue<string>() ?? throw NotUnderstood();
        return new WrappedKey(VersionOf(text), Encoding.ASCII.GetBytes(text));
    }

    public async ValueTask<byte[]?> UnwrapAsync(
        WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            HttpMethod.Post,
            $"decrypt/{_options.KeyName}",
            new()
            {
                ["ciphertext"] = Encoding.ASCII.GetString(wrapped.Text.Span),
                ["associated_data"] = Convert.ToBase64String(context.Span),
            },
            cancellationToken);
        return answer?["plaintext"]?.GetValue<string>() is { } plain ? Convert.FromBase64String(plain) : null;
    }

    private static int VersionOf(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(
            text[Prefix.Length..].Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw NotUnderstood();

    private static StorageUnavailableException NotUnderstood() => new("The key vault's answer is not understood.");

    /// <summary>The data of the vault's answer; null where it refuses the text or has no such key.</summary>
    private async ValueTask<JsonNode?> SendAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            method, $"{_options.Address!.TrimEnd('/')}/v1/{_options.Mount}/{path}");
        request.Headers.Add("X-Vault-Request", "true");
        if (_options.TokenFile is { } file)
        {
            request.Headers.Add("X-Vault-Token", (await File.ReadAllTextAsync(file, cancellationToken)).Trim());
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            {
                return null;
            }

            // What the vault answers to an error may hold what it was sent: only the number is told.
            response.EnsureSuccessStatusCode();
            return response.StatusCode == HttpStatusCode.NoContent
                ? null
                : (await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))?["data"];
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"The key vault cannot be used: {exception.Message}", exception);
        }
    }
}
