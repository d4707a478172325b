using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth;

/// <summary>A refusal as it goes out (RFC 6749 section 5.2).</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Code">One of <see cref="OAuthErrorCodes"/>.</param>
/// <param name="Description">For the client's developer; says nothing that would help to guess.</param>
internal sealed record OAuthError(int Status, string Code, string Description)
{
    /// <summary>
    /// The tenant lets nobody in from there. Not <c>invalid_grant</c>: a client would throw away what is good again
    /// where its user was before.
    /// </summary>
    public static OAuthError NotFromHere { get; } = new(
        StatusCodes.Status403Forbidden,
        OAuthErrorCodes.AccessDenied,
        "The tenant may not be reached from this address.");

    /// <summary>The <c>WWW-Authenticate</c> of a 401, where the client used a scheme.</summary>
    public string? Challenge { get; init; }

    /// <summary>The <c>Allow</c> of a 405.</summary>
    public string? Allow { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
