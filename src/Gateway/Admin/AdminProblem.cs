using Microsoft.AspNetCore.Http;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Quotas;

namespace Smcp.Admin;

/// <summary>An error as the API says it (RFC 9457). The one map from reasons to HTTP is here.</summary>
internal sealed record AdminProblem(int Status, string Kind, string Detail)
{
    /// <summary>The scope that would have been enough.</summary>
    public string? Scope { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The limit of a 429.</summary>
    public RateLimitPolicy? Limit { get; init; }

    /// <summary>The methods of a 405.</summary>
    public string? Allow { get; init; }

    /// <summary>The <c>WWW-Authenticate</c> of a 401 or 403.</summary>
    public string? Challenge { get; init; }

    public static AdminProblem NoRoute { get; } =
        new(StatusCodes.Status404NotFound, "not-found", "There is nothing at this path.");

    /// <summary>The same as a grain says to whom the tenant is not shown.</summary>
    public static AdminProblem NoTenant { get; } =
        new(StatusCodes.Status404NotFound, "not-found", "There is no such tenant.");

    public static AdminProblem TenantGone { get; } = new(
        StatusCodes.Status410Gone, "gone", "The tenant was deleted, and what it stored with it.");

    public static AdminProblem NotRecorded { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "not-recorded",
        "Nothing was done, because it cannot be recorded in the audit log now.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>
    /// A fault; a conflict of a request that named a version is a failed precondition (RFC 9110 section 13.1.1).
    /// </summary>
    public static AdminProblem Of(McpFault fault, bool namedVersion)
    {
        var (status, kind) = fault.Reason switch
        {
            FaultReason.NotFound or FaultReason.ServerNotFound or FaultReason.SessionNotFound => (404, "not-found"),
            FaultReason.InvalidParams or FaultReason.InvalidRequest => (400, "invalid"),
            FaultReason.Forbidden => (403, "forbidden"),
            FaultReason.InsufficientScope => (403, "insufficient-scope"),
            FaultReason.InvalidCredential => (401, "invalid-credential"),
            FaultReason.Conflict when namedVersion => (412, "other-version"),
            FaultReason.Conflict => (409, "conflict"),
            FaultReason.LimitExceeded => (429, "limit-exceeded"),
            FaultReason.Unavailable or FaultReason.Moving => (503, "unavailable"),
            FaultReason.TimedOut => (504, "timed-out"),
            _ => (500, "failed"),
        };
        return new AdminProblem(status, kind, fault.Message) { Scope = fault.Scope, RetryAfter = fault.RetryAfter };
    }

    /// <summary>A failure of the engine.</summary>
    public static AdminProblem Of(EngineFailure failure) => failure switch
    {
        EngineFailure.Unavailable => new(503, "unavailable", "The service cannot be reached now; nothing was done.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        EngineFailure.TimedOut => new(504, "timed-out", "The answer did not come in time; the outcome is unknown."),
        EngineFailure.Cancelled => new(503, "cancelled", "The request was cancelled; the outcome is unknown."),
        _ => new(500, "failed", "The request failed."),
    };
}
