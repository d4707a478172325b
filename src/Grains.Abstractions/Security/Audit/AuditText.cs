using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Smcp.Security.Audit;

/// <summary>
/// Makes text from outside fit for a log: bounded, on one line, and without what looks like a credential. The last
/// guard and not the first: callers hand over names and reasons, never secrets.
/// </summary>
internal static partial class AuditText
{
    private const int DigestBytes = 8;
    private const string Masked = "[masked]";

    public static AuditEvent Clean(AuditEvent auditEvent, TimeProvider time) => auditEvent with
    {
        Time = auditEvent.Time == default ? time.GetUtcNow() : auditEvent.Time,
        Session = auditEvent.Session is { } session ? Digest(session) : null,
        Action = Clean(auditEvent.Action, 64) ?? string.Empty,
        Principal = Clean(auditEvent.Principal, 128),
        Credential = Clean(auditEvent.Credential, 128),
        Target = Clean(auditEvent.Target, 256),
        Reason = Clean(auditEvent.Reason, 256),
        Address = Clean(auditEvent.Address, 64),
        CorrelationId = Clean(auditEvent.CorrelationId, 64),
    };

    /// <summary>Names a session in the log: who reads it cannot use the session.</summary>
    public static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestBytes));

    public static string? Clean(string? text, int lengthMax)
    {
        if (text is null)
        {
            return null;
        }

        // Cut first, and again after: masking may lengthen it, and a huge text is not to be searched.
        var cut = Cut(text, 2 * lengthMax);
        var plain = NeedsWork(cut) ? string.Create(cut.Length, cut, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = IsHarmful(from, i) ? ' ' : from[i];
            }
        }) : cut;
        return Cut(Secret().Replace(plain, Masked), lengthMax);
    }

    private static string Cut(string text, int lengthMax) => text.Length <= lengthMax
        ? text
        : text[..(char.IsHighSurrogate(text[lengthMax - 1]) ? lengthMax - 1 : lengthMax)];

    private static bool NeedsWork(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHarmful(text, i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Control and format characters (bidirectional overrides, zero width), line ends, lone surrogates.
    /// </summary>
    private static bool IsHarmful(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text[at]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate => char.IsHighSurrogate(text[at])
            ? at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])
            : at == 0 || !char.IsHighSurrogate(text[at - 1]),
        _ => false,
    };

    /// <summary>A bearer token, a JWT, an API key of ours, a password in a URL, a query's token.</summary>
    [GeneratedRegex(
        @"bearer\s+\S+|\beyJ[\w-]{6,}\.[\w-]+(\.[\w-]*)?|\bsmcp_[a-z0-9-]+_\w{16,}|(?<=://)[^/@\s]+(?=@)"
        + @"|(?<=[?&](?:token|access_token|code|key|secret|password)=)[^&\s]+",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
