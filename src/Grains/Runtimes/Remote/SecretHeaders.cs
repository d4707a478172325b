using System.Collections.Frozen;
using Smcp.Hosting;
using Smcp.Protocol;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// Credentials that are headers with secrets of the tenant. A secret is asked for with each request, so one that is
/// rotated counts within seconds.
/// </summary>
internal sealed class SecretHeaders(IReadOnlyDictionary<string, string> headers, IServerSecrets secrets)
    : IHttpCredentials
{
    // What the transport itself writes, and what would bend where a request goes.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "Accept", "Connection", "Content-Length", "Content-Type", "Expect", "Host", "Keep-Alive", "Proxy-Authorization",
        "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", McpHeaders.LastEventId,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first header that no tenant may set; null where all may be.</summary>
    public static string? Problem(IEnumerable<string> names) => names.FirstOrDefault(name =>
        name.Length is 0 or > 128 || Reserved.Contains(name)
        || name.StartsWith("Mcp-", StringComparison.OrdinalIgnoreCase)
        || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <inheritdoc/>
    public async ValueTask<bool> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (header, secret) in headers)
        {
            try
            {
                if (await secrets.GetAsync(secret, cancellationToken) is not { } value
                    || value.AsSpan().ContainsAny('\r', '\n', '\0')
                    || !request.Headers.TryAddWithoutValidation(header, value))
                {
                    return false;
                }
            }
            catch (ServerDataUnavailableException)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewAsync(HttpResponseMessage refusal, CancellationToken cancellationToken) => new(false);
}
