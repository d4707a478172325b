using System.Net;

namespace Smcp.Connections;

/// <summary>Reads what a server says when it refuses a credential (RFC 9110 section 11.6.1).</summary>
internal static class TokenChallenges
{
    private const int ValueLengthMax = 4_096;

    /// <summary>Its challenge for bearer tokens; null where it has none.</summary>
    public static TokenChallenge? Read(HttpResponseMessage refusal)
    {
        var header = refusal.Headers.WwwAuthenticate.FirstOrDefault(
            challenge => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase));
        if (header is null)
        {
            return null;
        }

        var parameters = Parse(header.Parameter ?? string.Empty);
        return new TokenChallenge
        {
            ResourceMetadata = parameters.GetValueOrDefault("resource_metadata"),
            Scope = parameters.GetValueOrDefault("scope"),
            IsAboutScope = refusal.StatusCode == HttpStatusCode.Forbidden
                && parameters.GetValueOrDefault("error") == "insufficient_scope",
        };
    }

    /// <summary>Names and their values, quoted or not; what cannot be read ends it.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < text.Length)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var name = text[at..equals].Trim(' ', '\t', ',');
            at = equals + 1;
            if (ReadValue(text, ref at) is not { } value)
            {
                break;
            }

            if (value.Length <= ValueLengthMax)
            {
                found.TryAdd(name, value);
            }
        }

        return found;
    }

    private static string? ReadValue(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        if (at >= text.Length || text[at] != '"')
        {
            var end = text.IndexOf(',', at);
            var token = end < 0 ? text[at..] : text[at..end];
            at = end < 0 ? text.Length : end + 1;
            return token.Trim();
        }

        var value = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && ++at >= text.Length)
            {
                return null;
            }

            value.Append(text[at]);
        }

        return at++ < text.Length ? value.ToString() : null;
    }
}
