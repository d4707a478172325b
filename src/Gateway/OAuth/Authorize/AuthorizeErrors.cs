namespace Smcp.OAuth.Authorize;

/// <summary>The error codes of the authorization endpoint.</summary>
internal static class AuthorizeErrors
{
    public const string InvalidRequest = "invalid_request";
    public const string UnauthorizedClient = "unauthorized_client";
    public const string AccessDenied = "access_denied";
    public const string UnsupportedResponseType = "unsupported_response_type";
    public const string InvalidScope = "invalid_scope";
    public const string ServerError = "server_error";
    public const string TemporarilyUnavailable = "temporarily_unavailable";

    /// <summary>RFC 8707 section 2.</summary>
    public const string InvalidTarget = "invalid_target";

    /// <summary>RFC 9101 section 6.3, OpenID Connect Core section 3.1.2.6.</summary>
    public const string RequestNotSupported = "request_not_supported";

    public const string RequestUriNotSupported = "request_uri_not_supported";
}
