namespace Smcp.OAuth.Authorize;

/// <summary>Why an authorization request goes no further, in OAuth's words (OAuth 2.1 section 4.1.2.1).</summary>
internal sealed record AuthorizeRefusal(string Error, string Description);
