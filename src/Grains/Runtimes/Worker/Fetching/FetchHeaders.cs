using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Smcp.Runtimes.Worker.Bindings;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>
/// Takes headers from one message to the other, without those that are of one connection (RFC 9110, 7.6.1).
/// </summary>
internal static class FetchHeaders
{
    /// <summary>Ours: that an answer is a refusal, and why.</summary>
    public const string Refusal = "Smcp-Refused";

    /// <summary>Said between two neighbours, by us, or of the host: that is the URL's.</summary>
    private static readonly FrozenSet<string> NotForwarded = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE",
        "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Content-Length", Refusal, BindingHeaders.Binding);

    public static void Copy(HttpRequest from, HttpRequestMessage to)
    {
        var named = from.Headers.Connection.ToString();
        foreach (var (name, values) in from.Headers)
        {
            if (IsForwarded(name, named)
                && !to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (to.Content is StreamContent content)
        {
            content.Headers.ContentLength = from.ContentLength;
        }
    }

    public static void Copy(HttpResponseMessage from, HttpResponse to)
    {
        var named = string.Join(',', from.Headers.Connection);
        foreach (var (name, values) in from.Headers.NonValidated.Concat(from.Content.Headers.NonValidated))
        {
            if (IsForwarded(name, named))
            {
                to.Headers.Append(name, values.ToArray());
            }
        }

        to.ContentLength = from.StatusCode == System.Net.HttpStatusCode.NoContent
            ? null
            : from.Content.Headers.ContentLength;
    }

    private static bool IsForwarded(string name, string connection) =>
        !NotForwarded.Contains(name)
        && !connection.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);
}
