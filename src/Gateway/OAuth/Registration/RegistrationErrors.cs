using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Registration;

/// <summary>What a client is told that is not registered (RFC 7591 section 3.2.2): the one map.</summary>
internal static class RegistrationErrors
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static OAuthError Of(ClientProblem problem) => problem.Reason switch
    {
        ClientRefusal.InvalidMetadata => new OAuthError(
            StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidClientMetadata, problem.Description),
        ClientRefusal.InvalidRedirectUri => new OAuthError(
            StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRedirectUri, problem.Description),
        ClientRefusal.TooMany => new OAuthError(
            StatusCodes.Status429TooManyRequests, OAuthErrorCodes.TemporarilyUnavailable, problem.Description)
        {
            RetryAfter = Window,
        },
        _ => throw new UnreachableException($"A refusal that is not mapped: {problem.Reason}."),
    };
}
