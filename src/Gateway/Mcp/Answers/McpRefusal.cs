using Smcp.Quotas;

namespace Smcp.Mcp.Answers;

/// <summary>An error as it goes out: HTTP status, JSON-RPC code and text, and raw JSON for the error's data.</summary>
internal sealed record McpRefusal(int Status, int Code, string Message)
{
    public ReadOnlyMemory<byte> Data { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The limit of a 429.</summary>
    public RateLimitPolicy? Limit { get; init; }

    /// <summary>The scopes that would have been enough, with a 403 for want of one (RFC 6750 section 3.1).</summary>
    public string? Scope { get; init; }

    /// <summary>The <c>WWW-Authenticate</c> of a 401 or 403.</summary>
    public string? Challenge { get; init; }

    /// <summary>The methods of a 405 (RFC 9110 section 15.5.6).</summary>
    public string? Allow { get; init; }
}
