using System.Globalization;
using Microsoft.AspNetCore.Http;
using Smcp.Mcp;
using Smcp.Tenants;

namespace Smcp.Quotas;

/// <summary>
/// The limit that a refused request met, as draft-ietf-httpapi-ratelimit-headers-10 says it. Only refusals say it: an
/// answer that was admitted costs nothing more.
/// </summary>
/// <param name="Name">The policy's name: what is limited.</param>
/// <param name="Quota">How many.</param>
/// <param name="Unit">What is counted, in the draft's words: <c>requests</c>, <c>content-bytes</c> or
/// <c>concurrent-requests</c>; and <c>cpu-seconds</c>, for which the draft has none.</param>
/// <param name="Window">In how many seconds; 0 for a number at one time.</param>
internal sealed record RateLimitPolicy(string Name, long Quota, string Unit, int Window)
{
    public const string PolicyHeader = "RateLimit-Policy";
    public const string StateHeader = "RateLimit";

    private const int MinuteSeconds = 60;
    private const int DaySeconds = 24 * 60 * MinuteSeconds;

    public static RateLimitPolicy PerMinute(string name, long quota) => new(name, quota, "requests", MinuteSeconds);

    public static RateLimitPolicy BytesPerDay(string name, long quota) =>
        new(name, quota, "content-bytes", DaySeconds);

    /// <summary>
    /// The limit that a server's node met; null for any other fault, or where the tenant has it no more.
    /// </summary>
    public static RateLimitPolicy? Of(McpFault fault, TenantQuotas quotas) =>
        CpuDay.IsUsedUp(fault) && quotas.CpuSecondsPerDay is { } seconds
            ? new RateLimitPolicy("cpu", seconds, "cpu-seconds", DaySeconds)
            : null;

    public static RateLimitPolicy AtOneTime(string name, long quota) => new(name, quota, "concurrent-requests", 0);

    public void Write(IHeaderDictionary headers, TimeSpan? retryAfter)
    {
        var window = Window == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $";w={Window}");
        headers[PolicyHeader] =
            string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Quota};qu=\"{Unit}\"{window}");
        var wait = Math.Ceiling((retryAfter ?? TimeSpan.Zero).TotalSeconds);
        headers[StateHeader] = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r=0;t={wait}");
    }
}
