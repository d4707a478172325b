using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Token;

/// <summary>
/// What a client is told of a grant's refusal: the one map. Whatever is wrong with a code or refresh token is told in
/// the same words, so that nobody learns which part of a guess was right.
/// </summary>
internal static class TokenErrors
{
    private static readonly OAuthError InvalidGrant = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidGrant, "The code or refresh token is not valid.");

    private static readonly OAuthError InvalidTarget = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidTarget, "The grant is for another resource.");

    private static readonly OAuthError InvalidScope = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidScope, "The scope is not one that was granted.");

    private static readonly OAuthError UnauthorizedClient = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.UnauthorizedClient, "The client may not have this grant.");

    public static OAuthError Of(TokenRefusal refusal) => refusal switch
    {
        TokenRefusal.UnknownGrant
            or TokenRefusal.Revoked
            or TokenRefusal.Unmatched
            or TokenRefusal.OtherClient
            or TokenRefusal.OtherRedirectUri
            or TokenRefusal.WrongVerifier
            or TokenRefusal.Expired
            or TokenRefusal.CodeReplayed
            or TokenRefusal.RefreshReused
            or TokenRefusal.PrincipalRefused
            or TokenRefusal.TenantRefused => InvalidGrant,
        TokenRefusal.OtherResource => InvalidTarget,
        TokenRefusal.ScopeTooBroad or TokenRefusal.NothingPermitted => InvalidScope,
        TokenRefusal.ClientRefused => UnauthorizedClient,
        _ => throw new UnreachableException($"A refusal that is not mapped: {refusal}."),
    };
}
