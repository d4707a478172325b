using System.Globalization;
using System.Text.Json.Nodes;
using Smcp.Hosting;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>Under which conditions an object is read or written (R2Conditional of workerd).</summary>
internal sealed record ObjectCondition
{
    private const string Any = "*";

    /// <summary>Null: nothing is said. Else one of these; a weak ETag never matches here.</summary>
    private IReadOnlyList<string>? Matches { get; init; }

    private IReadOnlyList<string>? DoesNotMatch { get; init; }

    private long? UploadedBefore { get; init; }

    private long? UploadedAfter { get; init; }

    private bool InSeconds { get; init; }

    public bool IsNone =>
        Matches is null && DoesNotMatch is null && UploadedBefore is null && UploadedAfter is null;

    public static ObjectCondition Parse(JsonNode? node) => node is not JsonObject asked
        ? new ObjectCondition()
        : new ObjectCondition
        {
            Matches = ETagsOf(asked["etagMatches"]),
            DoesNotMatch = ETagsOf(asked["etagDoesNotMatch"]),
            UploadedBefore = TimeOf(asked["uploadedBefore"]),
            UploadedAfter = TimeOf(asked["uploadedAfter"]),
            InSeconds = (bool?)asked["secondsGranularity"] ?? false,
        };

    public bool Holds(ServerObjectInfo info)
    {
        var at = info.WrittenAt.ToUnixTimeMilliseconds();
        at = InSeconds ? at / 1000 * 1000 : at;
        return Matches?.Any(tag => IsOf(tag, info)) != false
            && DoesNotMatch?.Any(tag => IsOf(tag, info)) != true
            // RFC 9110 section 13.2.2: a date is of no interest beside an ETag.
            && (Matches is not null || UploadedBefore is not { } before || at < before)
            && (DoesNotMatch is not null || UploadedAfter is not { } after || at > after);
    }

    /// <summary>Where nothing is there, only what must not be there holds.</summary>
    public bool HoldsForPut(ServerObjectInfo? info) =>
        info is null ? Matches is null && UploadedBefore is null : Holds(info);

    private static bool IsOf(string tag, ServerObjectInfo info) => tag == Any || tag == info.ETag;

    private static IReadOnlyList<string>? ETagsOf(JsonNode? node) => node is not JsonArray { Count: > 0 } tags
        ? null
        : [.. tags.Select(tag => (string?)tag?["type"] switch
        {
            "wildcard" => Any,
            "strong" => (string?)tag?["value"] ?? string.Empty,
            _ => string.Empty,
        })];

    private static long? TimeOf(JsonNode? node) =>
        node is not null && node.ToString() is { } text && text != ObjectJson.Unset
            ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
}
