using Microsoft.AspNetCore.Http;

namespace Smcp.Network.Rules;

/// <summary>The rules that come with Smcp: each refuses what no honest client of ours sends.</summary>
internal static class ShippedRules
{
    public static IReadOnlyList<RequestRuleEntry> All =>
    [
        // They would send a credential back to its sender, or open a tunnel (RFC 9110 sections 9.3.6 and 9.3.8).
        new()
        {
            Name = "shipped.method", Phase = RequestRulePhase.Method, Condition = RequestRuleCondition.In,
            Values = ["TRACE", "TRACK", "CONNECT"], Status = StatusCodes.Status501NotImplemented,
        },
        new()
        {
            Name = "shipped.path-length", Phase = RequestRulePhase.Path,
            Condition = RequestRuleCondition.LongerThan, Length = 2048, Status = StatusCodes.Status414UriTooLong,
        },
        new()
        {
            Name = "shipped.header-control", Phase = RequestRulePhase.Header,
            Condition = RequestRuleCondition.HasControl, Status = StatusCodes.Status400BadRequest,
        },
        // Credentials in a URL end in logs and histories: OAuth 2.1 section 5.1 has no such token, and its section
        // 2.4.1 no such secret.
        InQuery("shipped.query-token", "access_token"),
        InQuery("shipped.query-refresh-token", "refresh_token"),
        InQuery("shipped.query-secret", "client_secret"),
    ];

    private static RequestRuleEntry InQuery(string name, string parameter) => new()
    {
        Name = name,
        Phase = RequestRulePhase.Query,
        Field = parameter,
        Condition = RequestRuleCondition.Present,
        Status = StatusCodes.Status400BadRequest,
    };
}
