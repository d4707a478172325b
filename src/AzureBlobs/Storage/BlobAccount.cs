using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Storage;

/// <summary>A storage account out of its connection string, and how a request to it is signed.</summary>
internal sealed class BlobAccount
{
    private readonly string _name;
    private readonly byte[]? _key;
    private readonly string? _signature;

    private BlobAccount(Uri endpoint, string name, byte[]? key, string? signature) =>
        (Endpoint, _name, _key, _signature) = (endpoint, name, key, signature);

    /// <summary>The address of the blob service, which ends in a slash.</summary>
    public Uri Endpoint { get; }

    /// <exception cref="StorageStartException">The text is no connection string of a storage account.</exception>
    public static BlobAccount Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        var name = parts.GetValueOrDefault("AccountName", string.Empty);
        var endpoint = parts.GetValueOrDefault("BlobEndpoint")
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.blob."
                + parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        var key = parts.TryGetValue("AccountKey", out var encoded) ? Decode(encoded) : null;
        var signature = parts.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?');
        return Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && (key is not null && name.Length > 0 || signature is not null)
            ? new BlobAccount(address, name, key, signature)
            : throw NotOne();
    }

    /// <summary>Signs a request (Shared Key), or adds the shared access signature to its address.</summary>
    public void Authorize(HttpRequestMessage request, TimeProvider time)
    {
        if (_key is null)
        {
            var query = request.RequestUri!.Query.TrimStart('?');
            request.RequestUri = new UriBuilder(request.RequestUri)
            {
                Query = query.Length == 0 ? _signature : $"{query}&{_signature}",
            }.Uri;
            return;
        }

        request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var text = string.Join('\n', Signed(request)) + "\n" + Headers(request) + Resource(request.RequestUri!);
        var code = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {_name}:{code}");
    }

    private static byte[] Decode(string key)
    {
        try
        {
            return Convert.FromBase64String(key);
        }
        catch (FormatException)
        {
            throw NotOne();
        }
    }

    private static StorageStartException NotOne() => new(
        StorageStartFailure.Failing,
        $"{BlobOptions.Section}:ConnectionString is no connection string of a storage account: it needs AccountName "
            + "and AccountKey, or BlobEndpoint and SharedAccessSignature.");

    /// <summary>The lines that the signature begins with; what we never send is empty.</summary>
    private static IEnumerable<string> Signed(HttpRequestMessage request)
    {
        var length = request.Content?.Headers.ContentLength is { } bytes and > 0
            ? bytes.ToString(CultureInfo.InvariantCulture)
            : string.Empty;
        return
        [
            request.Method.Method, string.Empty, string.Empty, length, string.Empty,
            request.Content?.Headers.ContentType?.ToString() ?? string.Empty, string.Empty, string.Empty,
            request.Headers.IfMatch.SingleOrDefault()?.ToString() ?? string.Empty,
            request.Headers.IfNoneMatch.SingleOrDefault()?.ToString() ?? string.Empty, string.Empty, string.Empty,
        ];
    }

    private static string Headers(HttpRequestMessage request) => string.Concat(request.Headers
        .Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
        .OrderBy(header => header.Key.ToLowerInvariant(), StringComparer.Ordinal)
        .Select(header => $"{header.Key.ToLowerInvariant()}:{header.Value.Single()}\n"));

    private string Resource(Uri address)
    {
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => $"\n{Uri.UnescapeDataString(part[0])}:{Uri.UnescapeDataString(part[^1])}")
            .Order(StringComparer.Ordinal);
        return $"/{_name}{address.AbsolutePath}{string.Concat(parameters)}";
    }
}
