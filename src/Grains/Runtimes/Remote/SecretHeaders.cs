using System.Collections.Frozen;
using Smcp.Hosting;
using Smcp.Protocol;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// Credentials that are headers with secrets of the tenant. A secret is asked for with each request, so one that is
/// rotated counts within seconds.
/// </summary>
internal sealed class SecretHeaders(IReadOnlyDictionary<string, HeaderText> headers, IServerSecrets secrets)
    : IHttpCredentials
{
    // What the transport itself writes, and what would bend where a request goes.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "Accept", "Connection", "Content-Length", "Content-Type", "Expect", "Host", "Keep-Alive", "Proxy-Authorization",
        "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", McpHeaders.LastEventId,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers of a server; null where it has none.</summary>
    /// <exception cref="InvalidOperationException">One is none that may be set.</exception>
    public static SecretHeaders? Of(RemoteSettings settings, IServerSecrets secrets)
    {
        if (Problem(settings.SecretHeaders.Keys.Concat(settings.Headers.Keys)) is { } odd)
        {
            throw new InvalidOperationException($"The header '{odd}' cannot be set.");
        }

        var headers = settings.SecretHeaders.ToDictionary(
            pair => pair.Key, pair => HeaderText.Of(pair.Value), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in settings.Headers)
        {
            headers[name] = HeaderText.Parse(text)
                ?? throw new InvalidOperationException($"The text of the header '{name}' is none.");
        }

        return headers.Count > 0 ? new SecretHeaders(headers, secrets) : null;
    }

    /// <summary>The first header that no tenant may set; null where all may be.</summary>
    public static string? Problem(IEnumerable<string> names) => names.FirstOrDefault(name =>
        name.Length is 0 or > 128 || Reserved.Contains(name)
        || name.StartsWith("Mcp-", StringComparison.OrdinalIgnoreCase)
        || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <inheritdoc/>
    public async ValueTask<bool> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (header, text) in headers)
        {
            if (await ValueOfAsync(text, cancellationToken) is not { } value
                || value.AsSpan().ContainsAny('\r', '\n', '\0')
                || !request.Headers.TryAddWithoutValidation(header, value))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewAsync(HttpResponseMessage refusal, CancellationToken cancellationToken) => new(false);

    /// <summary>Null where a secret is not there, not granted, or cannot be had now.</summary>
    private async ValueTask<string?> ValueOfAsync(HeaderText text, CancellationToken cancellationToken)
    {
        var values = new List<string>(text.Secrets.Count);
        foreach (var secret in text.Secrets)
        {
            try
            {
                if (await secrets.GetAsync(secret, cancellationToken) is not { } value)
                {
                    return null;
                }

                values.Add(value);
            }
            catch (ServerDataUnavailableException)
            {
                return null;
            }
        }

        return text.With(values);
    }
}
