namespace Smcp.Servers.Deploying.Manifests;

/// <summary>
/// Whether a URI can be of a template (RFC 6570): its literal parts stand in it in order, the first at its beginning
/// and the last at its end, and what is between has no control character.
/// </summary>
internal static class UriTemplate
{
    public static bool Matches(string template, string uri)
    {
        var at = 0;
        var rest = template.AsSpan();
        var isFirst = true;
        while (true)
        {
            var open = rest.IndexOf('{');
            var literal = open < 0 ? rest : rest[..open];
            if (open < 0)
            {
                return isFirst ? literal.SequenceEqual(uri) : uri.AsSpan(at).EndsWith(literal);
            }

            var found = isFirst
                ? uri.AsSpan().StartsWith(literal) ? 0 : -1
                : uri.AsSpan(at).IndexOf(literal);
            var close = rest.IndexOf('}');
            if (found < 0 || close < open)
            {
                return false;
            }

            at += found + literal.Length;
            rest = rest[(close + 1)..];
            isFirst = false;
        }
    }
}
