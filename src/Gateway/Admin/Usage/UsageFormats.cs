using Microsoft.AspNetCore.Http;

namespace Smcp.Admin.Usage;

/// <summary>Which form a client would rather have, by its <c>Accept</c> (RFC 9110 section 12.5.1).</summary>
internal static class UsageFormats
{
    public const string Csv = "text/csv";
    public const string JsonLines = UsageJsonLines.ContentType;

    private static readonly UsageFormat AsCsv = new(UsageCsv.ContentType, UsageCsv.WriteHeader, UsageCsv.Write);
    private static readonly UsageFormat AsJsonLines = new(JsonLines, _ => { }, UsageJsonLines.Write);

    /// <summary>Null for JSON, page by page: what everybody gets who does not ask for another.</summary>
    public static UsageFormat? Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept
            .Where(type => type.Quality is not 0)
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value);
        foreach (var type in accepted)
        {
            switch (type?.ToLowerInvariant())
            {
                case Csv:
                    return AsCsv;
                case JsonLines:
                    return AsJsonLines;
                case "application/json" or "application/*" or "*/*":
                    return null;
            }
        }

        return null;
    }
}
